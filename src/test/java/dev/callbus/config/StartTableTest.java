package dev.callbus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads at start. */
class StartTableTest {
    @TempDir
    Path directory;

    @BeforeEach
    void makeAssets() throws Exception {
        Files.createDirectory(directory.resolve("assets"));
    }

    @Test
    void showsTheSandboxAndTheWayOut() {
        assertThat(table(Map.of())).isEqualTo("""
                system      mode     which                                  to change it
                Twilio      sandbox  phone network on this machine          set ACCOUNT_SID and AUTH_TOKEN
                model       real     rule-based dialog help-desk            set OPENAI_API_KEY, or OPENAI_BASE_URL
                public URL  sandbox  https://callbus.localhost              set SERVER_BASE_URL
                API key     sandbox  .callbus/api-key                       set CALLBUS_API_KEY
                ServiceNow  sandbox  Table API on this machine              set SERVICENOW_INSTANCE
                """);
    }

    @Test
    void showsTheRealSystemsWithoutSecretsWithinItsWidth() {
        var token = "fedcba9876543210fedcba9876543210";
        var table = table(Map.of(
                "ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef",
                "AUTH_TOKEN", token,
                "SERVER_BASE_URL", "a-very-long-tunnel-name-that-somebody-made-up.eu.tunnels.example",
                "OPENAI_API_KEY", "sk-secret"));
        assertThat(table)
                .contains("Twilio      real     account AC0123…cdef")
                .contains(
                        "model       real     gpt-4o at https://api.openai.com/v1,",
                        "then the rule-based dialog help-desk")
                .contains("public URL  real     https://a-very-long")
                .contains("API key     real     none: the API is closed")
                .doesNotContain(token, "sk-secret");
        assertThat(table.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void takesMoreRows() {
        var table = StartTable.of(config(Map.of()))
                .with(new StartTable.Row("Verify", true, "sandbox", "set TWILIO_VERIFY_SERVICE_SID"));
        assertThat(table.toString()).endsWith("""
                Verify      sandbox  sandbox                                set TWILIO_VERIFY_SERVICE_SID
                """);
    }

    private String table(Map<String, String> environment) {
        return StartTable.of(config(environment)).toString();
    }

    private CallbusConfig config(Map<String, String> environment) {
        return ConfigReader.read(new ConfigSources("conf/callbus.yaml", null, null, environment, directory));
    }
}
