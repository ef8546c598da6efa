package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.asset.FileSource;
import dev.callbus.asset.SyncSource;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.sandbox.twilio.rest.RestServer;
import dev.callbus.sandbox.twilio.rest.SyncOptions;
import dev.callbus.sandbox.twilio.rest.SyncResource;
import dev.callbus.sandbox.twilio.rest.SyncStore;
import dev.callbus.twilio.TwilioVerticle;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void putsContextsAndManifestsIntoSync() throws Exception {
        var vertx = Vertx.vertx();
        ProtocolCodec.install(vertx, Protocols.ALL);
        var sync = new SyncResource(new SyncStore(), SyncOptions.lifelike(TestNode.ACCOUNT_SID));
        var server = new RestServer(vertx, TestNode.ACCOUNT_SID, TestNode.AUTH_TOKEN, List.of(sync), 0)
                .start()
                .await(5, SECONDS);
        try {
            var base = TestNode.config(List.of(), new SilenceSettings(false, Duration.ofSeconds(1), List.of()));
            var config = base.withTwilio(base.twilio().withRestUrl(URI.create(server.baseUrl())));
            var command = new UploadCommand();
            command.files = List.of(file("salesContext.md", "Sell."), file("salesTools.json", "{\"tools\":[]}"));
            assertThat(command.upload(config)).isZero();
            vertx.deployVerticle(new TwilioVerticle(config.twilio())).await(5, SECONDS);
            var read = new SyncSource(vertx, new FileSource(vertx, Path.of("assets")))
                    .read()
                    .await(20, SECONDS);
            assertThat(read.contexts()).containsEntry("salesContext", "Sell.");
            assertThat(read.manifests().get("salesTools")).contains("tools");
        } finally {
            vertx.close().await(5, SECONDS);
        }
    }

    @Test
    void storesNothingOfAnUploadThatAServerWouldRefuse() throws Exception {
        var base = TestNode.config(List.of(), new SilenceSettings(false, Duration.ofSeconds(1), List.of()));
        // Nobody is there, so whatever were stored would fail in another way.
        var config = base.withTwilio(base.twilio().withRestUrl(URI.create("http://127.0.0.1:9")));
        for (var bad : List.of(
                file("bogusTools.json", "{\"tools\":[{\"type\":\"function\",\"name\":\"bogus\"}]}"),
                file("emptyContext.md", " "),
                file("hugeContext.md", "x".repeat((1 << 20) + 1)))) {
            var command = new UploadCommand();
            command.files = List.of(file("goodContext.md", "Good."), bad);
            var said = new ByteArrayOutputStream();
            var before = System.err;
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            try {
                assertThat(command.upload(config)).isEqualTo(1);
            } finally {
                System.setErr(before);
            }
            var key = bad.getFileName().toString().replaceFirst("\\..*", "");
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("Upload failed:", key);
        }
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        assertThat(UploadCommand.fault(folder.resolve("x.txt"))).isEqualTo("Only .md and .json files are supported");
        assertThat(UploadCommand.fault(folder.resolve("x.md")))
                .isEqualTo("File not found: " + folder.resolve("x.md").toAbsolutePath());
        assertThat(UploadCommand.fault(file("bad.json", "{"))).startsWith("Invalid JSON in bad.json");
        Files.write(folder.resolve("latin.md"), new byte[] {(byte) 0xe4});
        assertThat(UploadCommand.fault(folder.resolve("latin.md"))).contains("is not UTF-8");
        assertThat(UploadCommand.fault(file("good.md", "x"))).isNull();
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
