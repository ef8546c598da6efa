package dev.callbus.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import dev.callbus.config.Secret;
import dev.callbus.config.TwilioSettings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestAccessTest {

    @Test
    void allProductsGoToTheConfiguredEdgeAndRegion() {
        var hosts = new ArrayList<String>();
        var transport = new HttpClient() {
            @Override
            public Response makeRequest(Request request) {
                hosts.add(request.constructURL().getHost());
                return new Response("{\"sid\":\"X1\"}", 200);
            }
        };
        var settings =
                new TwilioSettings("AC1", List.of(new Secret("token")), false, null, null, null, null, "dublin", "ie1");
        var client = RestAccess.client(settings, transport);

        new SdkSync(client).hasMap("IS1", "Context");
        new SdkCalls(client).complete("CA1");
        new SdkCalls(client).send(new TwilioProtocol.SendMessage("+15551230001", "+15551230002", "hi"));

        assertThat(hosts)
                .containsExactly(
                        "sync.dublin.ie1.twilio.com", "api.dublin.ie1.twilio.com", "api.dublin.ie1.twilio.com");
    }

    @Test
    void filesComeFromTheConfiguredEdgeAndRegionWithTheAccountsCredentials() throws Exception {
        var settings =
                new TwilioSettings("AC1", List.of(new Secret("token")), false, null, null, null, null, "dublin", "ie1");
        var vertx = Vertx.vertx();
        try (var access = new RestAccess(vertx, settings, TwilioRig.QUICK)) {
            var request = new RestRequests(null).of(access.request("/2010-04-01/x.mp3"), "audio/mpeg");
            assertThat(request.url()).hasToString("https://api.dublin.ie1.twilio.com/2010-04-01/x.mp3");
            assertThat(request.headers().get("Authorization")).isEqualTo("Basic QUMxOnRva2Vu");
        } finally {
            vertx.close().await(5, SECONDS);
        }
    }

    @Test
    void aFileThatNeverEndsIsGivenUpAndLeavesNothing() throws Exception {
        var vertx = Vertx.vertx();
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setChunked(true)
                        .putHeader("content-type", "audio/mpeg")
                        .write("the beginning"))
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
        var restUrl = URI.create("http://127.0.0.1:" + server.actualPort());
        try (var http = new RestHttp(vertx, Duration.ofSeconds(1))) {
            var download = new RestDownload(
                    http, new RestRequests(restUrl), TwilioRig.QUICK, Deadline.in(Duration.ofMillis(400)));
            assertThatThrownBy(() -> download.fetch(new Request(HttpMethod.GET, "https://api.twilio.com/a.mp3")))
                    .isInstanceOf(RestFailure.class)
                    .hasMessageContaining("in time");
        }
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("callbus-recording-"));
        }
        vertx.close().await(5, SECONDS);
    }

    @Test
    void s1_theTokenIsNotSentElsewhere() throws Exception {
        var vertx = Vertx.vertx();
        try (var http = new RestHttp(vertx, Duration.ofSeconds(1))) {
            var transport = new RestTransport(http, null, TwilioRig.QUICK, Deadline.in(Duration.ofSeconds(5)));
            assertThatThrownBy(() -> transport.makeRequest(
                            new Request(HttpMethod.GET, "https://sync.twilio.com.example.org/v1/Services")))
                    .isInstanceOf(RestFailure.class)
                    .hasMessageContaining("another host");
            assertThatThrownBy(() ->
                            transport.makeRequest(new Request(HttpMethod.GET, "http://sync.twilio.com/v1/Services")))
                    .isInstanceOf(RestFailure.class)
                    .hasMessageContaining("another host");
        } finally {
            vertx.close().await(5, SECONDS);
        }
    }
}
