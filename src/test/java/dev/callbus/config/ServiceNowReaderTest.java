package dev.callbus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.config.ServiceNowSettings.Basic;
import dev.callbus.config.ServiceNowSettings.ClientCredentials;
import dev.callbus.config.ServiceNowSettings.PasswordGrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ServiceNow a node talks to. */
class ServiceNowReaderTest {
    private static final String[] USER = {"SERVICENOW_USERNAME", "callbus", "SERVICENOW_PASSWORD", "secret"};

    @TempDir
    Path directory;

    @BeforeEach
    void makeAssets() throws Exception {
        Files.createDirectory(directory.resolve("assets"));
    }

    @Test
    void withNothingSetTheSandboxStandsIn() {
        var settings = read();
        assertThat(settings.url()).isNull();
        assertThat(settings.sandboxed()).isTrue();
        assertThat(settings.credentials())
                .isInstanceOfSatisfying(
                        Basic.class,
                        basic -> assertThat(basic.password().isPresent()).isTrue());
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.defaultRegion()).isEqualTo("US");
        assertThat(settings.outbox()).isEqualTo(directory.resolve(".callbus/outbox"));
    }

    @Test
    void withATwilioAccountNothingStandsIn() {
        var settings = read(
                "ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef",
                "AUTH_TOKEN", "fedcba9876543210fedcba9876543210",
                "SERVER_BASE_URL", "example.org");
        assertThat(settings.url()).isNull();
        assertThat(settings.sandboxed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "dev12345,https://dev12345.service-now.com",
        "https://dev12345.service-now.com/,https://dev12345.service-now.com",
        "dev12345.service-now.com,https://dev12345.service-now.com",
        "http://127.0.0.1:8080,http://127.0.0.1:8080"
    })
    void namesAndUrlsBecomeUrls(String written, String url) {
        var settings = read("SERVICENOW_INSTANCE", written, USER[0], USER[1], USER[2], USER[3]);
        assertThat(settings.url()).hasToString(url);
        assertThat(settings.sandboxed()).isFalse();
    }

    @Test
    void theOtherSpellingWorksToo() {
        assertThat(read("SERVICENOW_INSTANCE_URL", "dev1", USER[0], USER[1], USER[2], USER[3])
                        .url())
                .hasToString("https://dev1.service-now.com");
    }

    @Test
    void whatIsThereDecidesHowToSignIn() {
        assertThat(read("SERVICENOW_INSTANCE", "dev1", USER[0], USER[1], USER[2], USER[3])
                        .credentials())
                .isEqualTo(new Basic("callbus", new Secret("secret")));
        assertThat(read("SERVICENOW_INSTANCE", "dev1", "SERVICENOW_CLIENT_ID", "id", "SERVICENOW_CLIENT_SECRET", "cs")
                        .credentials())
                .isEqualTo(new ClientCredentials("id", new Secret("cs")));
        assertThat(read(
                                "SERVICENOW_INSTANCE",
                                "dev1",
                                "SERVICENOW_CLIENT_ID",
                                "id",
                                "SERVICENOW_CLIENT_SECRET",
                                "cs",
                                USER[0],
                                USER[1],
                                USER[2],
                                USER[3])
                        .credentials())
                .isEqualTo(new PasswordGrant("id", new Secret("cs"), "callbus", new Secret("secret")));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICENOW_INSTANCE,http://example.org,is not encrypted",
        "SERVICENOW_INSTANCE,https://example.org/now,has a path",
        "SERVICENOW_INSTANCE,dev1,nothing to sign in with",
        "SERVICENOW_USERNAME,callbus,SERVICENOW_INSTANCE is not",
        "SERVICENOW_CLIENT_ID,id,SERVICENOW_INSTANCE is not"
    })
    void halvesAndNonsenseAreFaults(String name, String value, String problem) {
        assertThat(faults(name, value)).contains(problem);
    }

    @Test
    void aUserNeedsAPasswordAndAClientItsSecret() {
        assertThat(faults("SERVICENOW_INSTANCE", "dev1", "SERVICENOW_USERNAME", "callbus"))
                .contains("SERVICENOW_PASSWORD is not");
        assertThat(faults("SERVICENOW_INSTANCE", "dev1", "SERVICENOW_CLIENT_SECRET", "tell-nobody"))
                .contains("SERVICENOW_CLIENT_ID is not")
                .doesNotContain("tell-nobody");
    }

    @Test
    void theCountryIsOne() {
        var yaml = "servicenow:\n  defaultRegion: Germany\n";
        var sources = new ConfigSources("yaml", yaml, null, Map.of(), directory);
        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(sources)))
                .hasMessageContaining("is no country");
    }

    private ServiceNowSettings read(String... pairs) {
        return ConfigReader.read(sources(pairs)).serviceNow();
    }

    private String faults(String... pairs) {
        return String.valueOf(catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(sources(pairs)))
                .getMessage());
    }

    private ConfigSources sources(String... pairs) {
        var environment = new HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return new ConfigSources("none", null, null, environment, directory);
    }
}
