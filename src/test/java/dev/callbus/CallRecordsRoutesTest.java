package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.WebClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The webhooks about transcripts and recordings, as a node serves them. */
class CallRecordsRoutesTest {

    @Test
    void s2_aNodeServesThemToTwilioAlone() throws Exception {
        var vertx = Vertx.vertx();
        try (var node = TestNode.start("otherwise: {say: \"Hm.\"}\n")) {
            var client = WebClient.create(vertx);
            for (var path : List.of("/voiceIntelligenceWebhook", "/callRecordingWebhook")) {
                var answer = client.post(node.node.port(), "127.0.0.1", path)
                        .putHeader("content-type", "application/x-www-form-urlencoded")
                        .sendBuffer(Buffer.buffer("CallSid=CA1"))
                        .await(5, SECONDS);
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                var read =
                        client.get(node.node.port(), "127.0.0.1", path).send().await(5, SECONDS);
                assertThat(read.statusCode()).as(path).isEqualTo(405);
            }
        } finally {
            vertx.close().await(5, SECONDS);
        }
    }
}
