package dev.callbus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault says where it is, what was written, what is wrong and what to do. */
class ConfigFaultsTest {
    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "fedcba9876543210fedcba9876543210";
    private static final String ONE = "The configuration has one fault:\n  * ";

    @TempDir
    Path directory;

    @BeforeEach
    void makeAssets() throws Exception {
        Files.createDirectory(directory.resolve("assets"));
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                arguments(
                        "VERIFY_SERVICE_SID",
                        SID,
                        "is no Verify service SID",
                        "copy the value that begins with VA from Verify in the Twilio console"),
                arguments("PORT", "70000", "is out of range", "write a number from 0 to 65535"),
                arguments("PORT", "-1", "is out of range", "write a number from 0 to 65535"),
                arguments("PORT", "http", "is no whole number", "write a number from 0 to 65535"),
                arguments(
                        "DRAIN_TIMEOUT",
                        "0s",
                        "is not longer than nothing",
                        "write a positive duration, such as 20s or 1500ms"),
                arguments("DRAIN_TIMEOUT", "-5s", "is no duration", "write it as 20s, 1500ms, 2m or as plain seconds"),
                arguments(
                        "DRAIN_TIMEOUT",
                        "5 parsecs",
                        "is no duration",
                        "write it as 20s, 1500ms, 2m or as plain seconds"),
                arguments("EVENT_LOOPS", "0", "is out of range", "write a number from 1 to 1024"),
                arguments(
                        "FROM_NUMBER",
                        "5551234567",
                        "is no E.164 phone number",
                        "write + and the country code first, such as +15551234567"),
                arguments(
                        "HANDOFF_NUMBER",
                        "+1 555 123",
                        "is no E.164 phone number",
                        "write + and the country code first, such as +15551234567"),
                arguments(
                        "WORKFLOW_SID",
                        "AC12",
                        "is no workflow SID",
                        "copy the value that begins with WW from TaskRouter"),
                arguments(
                        "SERVER_BASE_URL",
                        "x.example/twilio",
                        "has a path",
                        "write the host only: the paths are the server's own"),
                arguments(
                        "SERVER_BASE_URL",
                        "wss://x.example",
                        "does not begin with https:// or http://",
                        "write the host that the outside reaches, such as example.ngrok.app or https://example.org:8443"),
                arguments(
                        "SERVER_BASE_URL",
                        "https://x.example?a=b",
                        "has a query or a fragment",
                        "take out everything from the ? or # on"),
                arguments(
                        "SERVER_BASE_URL",
                        "not a host",
                        "is no URL",
                        "write the host that the outside reaches, such as example.ngrok.app or https://example.org:8443"),
                arguments(
                        "OPENAI_BASE_URL",
                        "localhost:11434/v1",
                        "does not begin with https:// or http://",
                        "write it as https://api.openai.com/v1 or http://127.0.0.1:11434/v1"),
                arguments(
                        "OPENAI_BASE_URL",
                        "https://x.example/v1/chat/completions",
                        "names an endpoint",
                        "write it without /chat/completions"),
                arguments(
                        "LLM_PROVIDER",
                        "openai",
                        "is not known here",
                        "write openai-chat or openai-responses or flowise or deepseek or sandbox or dialog"),
                arguments(
                        "LLM_PROVIDER",
                        "openai-chat",
                        "needs a key or the URL of a server that wants none",
                        "set OPENAI_API_KEY (or llm.apiKey in callbus.yaml) or OPENAI_BASE_URL, or LLM_PROVIDER=dialog"),
                arguments(
                        "LLM_CONTEXT",
                        "../secrets",
                        "is no asset key",
                        "write the file's name without folder and ending: A-Z a-z 0-9 _ -"),
                arguments(
                        "SILENCE_SECONDS_THRESHOLD",
                        "0",
                        "is not longer than nothing",
                        "write a positive duration, such as 20s or 1500ms"),
                arguments("SILENCE_RETRY_THRESHOLD", "0", "is out of range", "write a number from 1 to 100"));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void variableIsRefused(String name, String value, String problem, String remedy) {
        assertThat(message(null, null, Map.of(name, value)))
                .isEqualTo(ONE + name + " is \"" + value + "\" (environment)\n      wrong: " + problem
                        + "\n      do:    " + remedy);
    }

    static Stream<Arguments> yamls() {
        return Stream.of(
                arguments("servr:\n  port: 1\n", "servr.port (conf/callbus.yaml line 2)", "did you mean server.port?"),
                arguments("server: 3000\n", "server (conf/callbus.yaml line 1)", "write its keys below it"),
                arguments("server:\n  port: [1, 2]\n", "server.port (conf/callbus.yaml line 2)", "write one value"),
                arguments(
                        "server:\n  port: 1\n  port: 2\n",
                        "server.port (conf/callbus.yaml line 3)",
                        "keep one of the two"),
                arguments("- a\n", "conf/callbus.yaml (conf/callbus.yaml line 1)", "write sections such as"),
                arguments(
                        "server:\n  port: \"1\n",
                        "conf/callbus.yaml (conf/callbus.yaml line 3",
                        "correct the indentation"),
                arguments(
                        "server:\n port: 1\n  host: a\n",
                        "conf/callbus.yaml (conf/callbus.yaml line 3",
                        "correct the indentation"),
                arguments(
                        "call:\n  silence:\n    enabled: maybe\n",
                        "call.silence.enabled is \"maybe\"",
                        "write true or false"),
                arguments(
                        "call:\n  charactersPerSecond: 0\n",
                        "call.charactersPerSecond is \"0\"",
                        "write a number from 1.0 to 100.0"),
                arguments(
                        "call:\n  fillers: [\"\"]\n",
                        "call.fillers[] (conf/callbus.yaml line 2)",
                        "take the entry out"),
                arguments("llm:\n  model: gpt 4o\n  apiKey: x\n", "llm.model is \"gpt 4o\"", "without spaces"),
                arguments("llm:\n  systemRole: user\n", "llm.systemRole is \"user\"", "write system or developer"),
                arguments(
                        "llm:\n  fallback:\n    - model: x\n",
                        "llm.fallback[0].baseUrl (not set)",
                        "each fallback needs"),
                arguments(
                        "llm:\n  fallback:\n    - provider: deepseek\n",
                        "llm.fallback[0].apiKey (not set)",
                        "DEEPSEEK_API_KEY"),
                arguments(
                        "llm:\n  fallback:\n    - provider: flowise\n      model: f-1\n",
                        "llm.fallback[0].baseUrl (not set)",
                        "FLOWISE_URL"),
                arguments("llm:\n  provider: deepseek\n", "llm.deepseek.apiKey (not set)", "DEEPSEEK_API_KEY"),
                arguments(
                        "llm:\n  provider: flowise\n  flowise: {chatflowId: f-1}\n",
                        "llm.flowise.url (not set)",
                        "FLOWISE_URL"),
                arguments(
                        "llm:\n  provider: flowise\n  flowise: {url: http://a}\n",
                        "llm.flowise.chatflowId (not set)",
                        "FLOWISE_CHATFLOW_ID"),
                arguments(
                        "llm:\n  flowise:\n    url: http://a/api/v1/prediction/f-1\n",
                        "llm.flowise.url is",
                        "write the server only"),
                arguments(
                        "llm:\n  fallback: openai\n",
                        "llm.fallback (conf/callbus.yaml line 2)",
                        "baseUrl, apiKey and model"),
                arguments(
                        "llm:\n  fallback:\n    - modle: x\n      model: y\n      baseUrl: http://a/v1\n",
                        "llm.fallback[0].modle (conf/callbus.yaml line 3)",
                        "did you mean llm.fallback[0].model?"),
                arguments(
                        "assets:\n  directory: nowhere\n",
                        "assets.directory is \"",
                        "start where the assets directory is"),
                arguments("sandbox:\n  modelScript: nowhere.yaml\n", "sandbox.modelScript is \"", "correct the path"));
    }

    @ParameterizedTest
    @MethodSource("yamls")
    void yamlIsRefused(String yaml, String where, String remedy) {
        assertThat(message(yaml, null, Map.of())).startsWith(ONE + where).contains(remedy);
    }

    static Stream<Arguments> dotEnvs() {
        return Stream.of(
                arguments("# fine\n\nPORT\n", ".env (.env line 3)", "write KEY=VALUE"),
                arguments("GREETING=\"Hello\n", "GREETING (.env line 1)", "close the quote"),
                arguments("PORT=1\nexport PORT=2\n", "PORT (.env line 2)", "keep one of the two lines"));
    }

    @ParameterizedTest
    @MethodSource("dotEnvs")
    void dotEnvIsRefused(String text, String where, String remedy) {
        assertThat(message(null, text, Map.of())).startsWith(ONE + where).contains(remedy);
    }

    @Test
    void twoSpellingsWithTwoValuesAreNamedBoth() {
        var other = "AC" + "1".repeat(32);
        var message = message(
                null,
                "TWILIO_ACCOUNT_SID=" + other,
                Map.of("ACCOUNT_SID", SID, "AUTH_TOKEN", TOKEN, "SERVER_URL", "a.b"));
        assertThat(message)
                .startsWith(ONE + "ACCOUNT_SID and TWILIO_ACCOUNT_SID"
                        + " (ACCOUNT_SID (environment) and TWILIO_ACCOUNT_SID (.env line 1))")
                .contains("keep one of them");
    }

    @Test
    void twoSpellingsOfASecretDoNotShowIt() {
        assertThat(message(
                        null,
                        null,
                        Map.of(
                                "ACCOUNT_SID",
                                SID,
                                "SERVER_URL",
                                "a.b",
                                "AUTH_TOKEN",
                                TOKEN,
                                "TWILIO_AUTH_TOKEN",
                                "0".repeat(32))))
                .contains("AUTH_TOKEN and TWILIO_AUTH_TOKEN")
                .doesNotContain(TOKEN, "0000");
    }

    @Test
    void accountNeedsTokenAndPublicUrl() {
        assertThat(message(null, null, Map.of("ACCOUNT_SID", SID)))
                .contains("ACCOUNT_SID (environment)\n      wrong: is set, but AUTH_TOKEN is not")
                .contains(
                        "set AUTH_TOKEN (or twilio.authToken in callbus.yaml) too, or none of them to use the sandbox")
                .contains("server.publicUrl (not set)\n      wrong: is missing")
                .contains("set SERVER_BASE_URL (or server.publicUrl in callbus.yaml)");
    }

    @Test
    void tokenNeedsAccount() {
        assertThat(message(null, null, Map.of("TWILIO_AUTH_TOKEN", TOKEN)))
                .startsWith(ONE + "TWILIO_AUTH_TOKEN (environment)\n      wrong: is set, but ACCOUNT_SID is not")
                .doesNotContain(TOKEN);
    }

    @Test
    void wrongSidIsShownAndWrongTokenIsNot() {
        var environment = new HashMap<String, String>();
        environment.put("ACCOUNT_SID", "SK0123");
        environment.put("AUTH_TOKEN", "an-api-key's-secret");
        environment.put("SERVER_URL", "a.b");
        assertThat(message(null, null, environment))
                .contains("ACCOUNT_SID is \"SK0123\"", "begins with AC")
                .contains("AUTH_TOKEN is \"•••• (19 characters)\"", "Auth Token")
                .doesNotContain("an-api-key's");
    }

    @Test
    void passwordsInUrlsAreMasked() {
        assertThat(message(null, null, Map.of("OPENAI_BASE_URL", "https://me:hunter2@x.example/v1")))
                .contains("OPENAI_BASE_URL is \"https://••••@x.example/v1\"", "take it out of the URL")
                .doesNotContain("hunter2");
        assertThat(message(null, null, Map.of("SERVER_URL", "me:hunter2@x.example")))
                .contains("••••@x.example")
                .doesNotContain("hunter2");
    }

    @Test
    void brokenYamlDoesNotShowTheLine() {
        assertThat(message("twilio:\n  authToken: verysecret\n bad\n", null, Map.of()))
                .contains("line 3")
                .doesNotContain("verysecret");
    }

    @Test
    void wrongKeysOfFallbacksAreMasked() {
        var yaml = "llm:\n  fallback:\n    - baseUrl: http://a/v1\n      model: b\n      apiKey: very secret\n";
        assertThat(message(yaml, null, Map.of()))
                .contains("llm.fallback[0].apiKey is \"•••• (11 characters)\"")
                .doesNotContain("very secret");
    }

    @Test
    void damagedSandboxKeyIsReported() throws Exception {
        Files.createDirectory(directory.resolve(".callbus"));
        Files.writeString(directory.resolve(".callbus/sandbox-key"), "half");
        assertThat(message(null, null, Map.of()))
                .startsWith(ONE + "sandbox.directory")
                .contains("delete it");
    }

    private String message(@Nullable String yaml, @Nullable String dotEnv, Map<String, String> environment) {
        var sources = new ConfigSources("conf/callbus.yaml", yaml, dotEnv, environment, directory);
        var thrown = catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(sources));
        return String.valueOf(thrown.getMessage());
    }
}
