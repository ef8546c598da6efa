package dev.callbus.sandbox.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.twilio.rest.TranscribedCall.Sentence;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recordings and transcripts as Twilio documents them. */
class CallRecordsResourcesTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String RECORDINGS = "/2010-04-01/Accounts/" + ACCOUNT + "/Recordings/";

    private final Vertx vertx = Vertx.vertx();
    private final RecordingsResource recordings = new RecordingsResource(ACCOUNT);
    private final IntelligenceResource intelligence = new IntelligenceResource(ACCOUNT);
    private final RestServer server = new RestServer(vertx, ACCOUNT, TOKEN, List.of(recordings, intelligence), 0);

    @BeforeEach
    void start() {
        TwilioClient.await(server.start());
    }

    @AfterEach
    void stop() {
        TwilioClient.await(vertx.close());
    }

    @Test
    void aRecordingIsAsDocumented() {
        var client = client("twilio_api_v2010");
        var kept = RecordedCall.of(CALL, 42, new Sound(Buffer.buffer("ID3"), 2));
        var gone = RecordedCall.of(CALL, 42, null);
        recordings.add(kept);
        recordings.add(gone);
        var known = client.get(RECORDINGS + kept.sid() + ".json");
        assertThat(known.text("call_sid")).isEqualTo(CALL);
        assertThat(known.text("duration")).isEqualTo("42");
        assertThat(known.text("status")).isEqualTo("completed");
        assertThat(client.get(RECORDINGS + gone.sid() + ".json").text("status")).isEqualTo("deleted");
        client.get(RECORDINGS + "RE00000000000000000000000000000000.json").isRefusal(404, 20404);
    }

    @Test
    void aSoundNeedsCredentials() {
        var kept = RecordedCall.of(CALL, 42, new Sound(Buffer.buffer("ID3"), 2));
        recordings.add(kept);
        var request = WebClient.create(vertx).getAbs(server.baseUrl() + RECORDINGS + kept.sid() + ".mp3");
        assertThat(TwilioClient.await(request.send()).statusCode()).isEqualTo(401);
        var sound =
                TwilioClient.await(request.basicAuthentication(ACCOUNT, TOKEN).send());
        assertThat(sound.statusCode()).isEqualTo(200);
        assertThat(sound.getHeader("content-type")).isEqualTo("audio/mpeg");
        assertThat(sound.bodyAsString()).isEqualTo("ID3ID3");
    }

    @Test
    void aTranscriptAndItsPagesAreAsDocumented() {
        var client = client("twilio_intelligence_v2");
        var sentences = IntStream.range(0, 5)
                .mapToObj(i -> new Sentence(1 + i % 2, "Sentence " + i))
                .toList();
        var kept = TranscribedCall.of(CALL, "key", 42, sentences);
        intelligence.add(kept);
        var path = "/v2/Transcripts/" + kept.sid();
        assertThat(client.get(path).body().getInteger("duration")).isEqualTo(42);
        var texts = new ArrayList<String>();
        var next = path + "/Sentences?PageSize=2";
        while (next != null) {
            var page = client.get(next).body();
            page.getJsonArray("sentences").forEach(each -> texts.add(((JsonObject) each).getString("transcript")));
            var url = page.getJsonObject("meta").getString("next_page_url");
            next = url == null ? null : url.replace("https://intelligence.twilio.com", "");
        }
        assertThat(texts)
                .containsExactlyElementsOf(
                        sentences.stream().map(Sentence::text).toList());
        client.get("/v2/Transcripts/GT00000000000000000000000000000000").isRefusal(404, 20404);
    }

    private TwilioClient client(String document) {
        return new TwilioClient(vertx, TwilioOpenApi.load(document), server.baseUrl(), ACCOUNT, TOKEN);
    }
}
