package dev.callbus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a configuration is found. */
class ConfigLoaderTest {
    @TempDir
    Path directory;

    @BeforeEach
    void makeDirectories() throws Exception {
        Files.createDirectory(directory.resolve("assets"));
        Files.createDirectory(directory.resolve("conf"));
    }

    @Test
    void needsNoFile() {
        assertThat(load(null, Map.of()).server().port()).isEqualTo(3000);
    }

    @Test
    void mergesFilesAndEnvironment() throws Exception {
        Files.writeString(
                directory.resolve("conf/callbus.yaml"),
                "server: {port: 1001, host: a.example}\ntwilio: {fromNumber: +15551234567}\n");
        Files.writeString(directory.resolve(".env"), "HOST=b.example\nPORT=1002\n");
        var config = load(null, Map.of("PORT", "1003"));
        assertThat(config.server().port()).isEqualTo(1003);
        assertThat(config.server().host()).isEqualTo("b.example");
        assertThat(config.twilio().fromNumber()).isEqualTo("+15551234567");
    }

    @Test
    void readsANamedFileInPlaceOfTheDefault() throws Exception {
        Files.writeString(directory.resolve("conf/callbus.yaml"), "server: {port: 1001, host: a.example}\n");
        Files.writeString(directory.resolve("mine.yaml"), "server: {port: 1002}\n");
        var config = load(Path.of("mine.yaml"), Map.of());
        assertThat(config.server().port()).isEqualTo(1002);
        assertThat(config.server().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void namesTheNamedFileInFaults() throws Exception {
        Files.writeString(directory.resolve("mine.yaml"), "server: {port: x}\n");
        assertThatThrownBy(() -> load(Path.of("mine.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("server.port is \"x\" (mine.yaml line 1)");
    }

    @Test
    void refusesANamedFileThatIsNotThere() {
        assertThatThrownBy(() -> load(Path.of("mine.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--config (" + directory.resolve("mine.yaml"))
                .hasMessageContaining("correct the path");
    }

    @Test
    void refusesFilesThatCannotBeReadInsteadOfPassingThemOver() throws Exception {
        Files.createDirectory(directory.resolve("conf/callbus.yaml"));
        Files.createDirectory(directory.resolve(".env"));
        assertThatThrownBy(() -> load(null, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("2 faults")
                .hasMessageContaining("conf/callbus.yaml (")
                .hasMessageContaining(".env (");
    }

    @Test
    void takesTheProcessEnvironmentAsText() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), PrintConfig.class.getName(), directory.toString());
        builder.environment().putAll(Map.of("TWILIO_FROM_NUMBER", "+15551234567", "PORT", "1234"));
        builder.redirectErrorStream(true);
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).contains("number +15551234567 port 1234");
    }

    /** Prints what the configuration of its own process says. */
    static final class PrintConfig {
        private PrintConfig() {}

        public static void main(String[] args) {
            var config = new ConfigLoader(Path.of(args[0]), null).loadNow();
            System.out.println("number " + config.twilio().fromNumber() + " port "
                    + config.server().port());
        }
    }

    private CallbusConfig load(@Nullable Path named, Map<String, String> environment) {
        var store = new ConfigStoreOptions().setType("json").setConfig(new JsonObject(Map.copyOf(environment)));
        return new ConfigLoader(directory, named, store).loadNow();
    }
}
