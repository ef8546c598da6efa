package dev.callbus.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How tokens are given and what they are good for. */
class OauthTest {
    private static final String PATH = "/oauth_token.do";
    private static final String[] PASSWORD = {
        "grant_type",
        "password",
        "client_id",
        "app",
        "client_secret",
        "app-secret",
        "username",
        "callbus",
        "password",
        "secret"
    };

    private SandboxInstance instance;

    @BeforeEach
    void start() throws TimeoutException {
        instance = new SandboxInstance();
    }

    @AfterEach
    void close() throws TimeoutException {
        instance.close();
    }

    @Test
    void givesTokensForAPassword() throws Exception {
        var token = anyone().form(PATH, PASSWORD).json();

        assertThat(token.fieldNames())
                .containsExactly("access_token", "refresh_token", "scope", "token_type", "expires_in");
        assertThat(token.getString("scope")).isEqualTo("useraccount");
        assertThat(token.getString("token_type")).isEqualTo("Bearer");
        assertThat(token.getInteger("expires_in")).isEqualTo(1799);
        assertThat(status(token)).isEqualTo(200);
    }

    @Test
    void givesTheSameTokenWithinItsLifeAndAnotherAfterwards() throws Exception {
        var first = anyone().form(PATH, PASSWORD).json();
        instance.clock.advance(Duration.ofMinutes(20));
        var second = anyone().form(PATH, PASSWORD).json();
        instance.clock.advance(Duration.ofMinutes(10));
        var third = anyone().form(PATH, PASSWORD).json();

        assertThat(second.getString("access_token")).isEqualTo(first.getString("access_token"));
        assertThat(second.getInteger("expires_in")).isEqualTo(599);
        assertThat(third.getString("access_token")).isNotEqualTo(first.getString("access_token"));
        assertThat(status(first)).isEqualTo(401);
        assertThat(status(third)).isEqualTo(200);
    }

    @Test
    void refreshesTokens() throws Exception {
        var first = anyone().form(PATH, PASSWORD).json();
        var refreshed = anyone().form(
                        PATH,
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        "app",
                        "client_secret",
                        "app-secret",
                        "refresh_token",
                        first.getString("refresh_token"))
                .json();

        assertThat(refreshed.getString("access_token")).isNotEqualTo(first.getString("access_token"));
        assertThat(refreshed.getString("refresh_token")).isEqualTo(first.getString("refresh_token"));
        assertThat(status(refreshed)).isEqualTo(200);
    }

    @Test
    void givesApplicationsTokensOfTheirOwn() throws Exception {
        var token = anyone().form(
                        PATH, "grant_type", "client_credentials", "client_id", "app", "client_secret", "app-secret")
                .json();

        assertThat(token.containsKey("refresh_token")).isFalse();
        assertThat(status(token)).isEqualTo(200);
        denied(anyone().form(
                        PATH, "grant_type", "client_credentials", "client_id", "bare", "client_secret", "bare-secret"));
    }

    @Test
    void takesTheApplicationsSecretFromTheHeader() throws Exception {
        var client = TableClient.basic(instance.server.baseUrl(), "app", "app-secret");

        assertThat(client.form(PATH, "grant_type", "password", "username", "callbus", "password", "secret")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void deniesWhatIsWrong() throws Exception {
        for (var wrong : List.of("client_id", "client_secret", "username", "password", "grant_type")) {
            var fields = new ArrayList<>(List.of(PASSWORD));
            fields.set(fields.indexOf(wrong) + 1, "wrong");
            denied(anyone().form(PATH, fields.toArray(new String[0])));
        }
        denied(anyone().form(
                        PATH,
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        "app",
                        "client_secret",
                        "app-secret",
                        "refresh_token",
                        "x"));
        var json = "{\"grant_type\":\"password\"}".getBytes(StandardCharsets.UTF_8);
        denied(anyone().with("Content-Type", "application/json").send("POST", PATH, json));
        denied(anyone().get(PATH));
    }

    @Test
    void refusesTokensThatItDidNotGive() throws Exception {
        assertThat(status(new JsonObject().put("access_token", "made-up"))).isEqualTo(401);
    }

    private TableClient anyone() {
        return new TableClient(instance.server.baseUrl());
    }

    private int status(JsonObject token) throws Exception {
        return anyone().with("Authorization", "Bearer " + token.getString("access_token"))
                .list("incident", "sysparm_limit", "1")
                .status();
    }

    private static void denied(TableClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error_description\":\"access_denied\",\"error\":\"server_error\"}");
    }
}
