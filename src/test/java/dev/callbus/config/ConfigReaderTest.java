package dev.callbus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node is configured with, given its sources. */
class ConfigReaderTest {
    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "fedcba9876543210fedcba9876543210";

    @TempDir
    Path directory;

    @BeforeEach
    void makeAssets() throws Exception {
        Files.createDirectory(directory.resolve("assets"));
    }

    @Test
    void twiliosRestApisMayBeElsewhere() {
        var twilio = read(
                        "twilio:\n  restUrl: http://127.0.0.1:3002/\n  region: ie1\n",
                        null,
                        Map.of("TWILIO_EDGE", "dublin"))
                .twilio();
        assertThat(twilio.restUrl()).hasToString("http://127.0.0.1:3002");
        assertThat(twilio.edge()).isEqualTo("dublin");
        assertThat(twilio.region()).isEqualTo("ie1");
        assertThat(read(null, null, Map.of()).twilio().restUrl()).isNull();
    }

    @Test
    void theSandboxHasItsOwnVerifyService() {
        var verify = read(null, null, Map.of()).verify();
        assertThat(verify.serviceSid()).isEqualTo(SandboxKey.VERIFY_SERVICE_SID).matches("VA[0-9a-f]{32}");
        assertThat(verify.codeLength()).isEqualTo(6);
        assertThat(verify.grantLife()).isEqualTo(Duration.ofMinutes(30));
        assertThat(verify.sendsPerCall()).isEqualTo(3);
        assertThat(verify.checksPerCall()).isEqualTo(5);
        assertThat(verify.sendsPerNumberAndDay()).isEqualTo(10);
        assertThat(verify.sendsPerDay()).isEqualTo(1000);
    }

    @Test
    void anAccountWithoutAVerifyServiceVerifiesNobody() {
        var account = Map.of("ACCOUNT_SID", SID, "AUTH_TOKEN", TOKEN, "SERVER_URL", "example.org");
        assertThat(read(null, null, account).verify().serviceSid()).isNull();
        var service = "VA" + "a".repeat(32);
        for (var name : List.of("VERIFY_SERVICE_SID", "TWILIO_VERIFY_SERVICE_SID")) {
            var named = new HashMap<>(account);
            named.put(name, service);
            assertThat(read(null, null, named).verify().serviceSid()).isEqualTo(service);
        }
    }

    @Test
    void allNodesOfAnAccountSealAlikeAndTellNothingOfItsToken() {
        var account = Map.of("ACCOUNT_SID", SID, "AUTH_TOKEN", TOKEN, "SERVER_URL", "example.org");
        var key = read(null, null, account).verify().sealKey();
        assertThat(read(null, null, account).verify().sealKey()).isEqualTo(key);
        assertThat(key.reveal()).matches("[0-9a-f]{64}").doesNotContain(TOKEN);
        var other = new HashMap<>(account);
        other.put("AUTH_TOKEN", TOKEN.replace('f', 'e'));
        assertThat(read(null, null, other).verify().sealKey()).isNotEqualTo(key);
        other.put("VERIFY_SEAL_KEY", "k".repeat(32));
        assertThat(read(null, null, other).verify().sealKey()).isEqualTo(new Secret("k".repeat(32)));
    }

    @Test
    void runsOnTheSandboxWithNothingSet() {
        var config = read(null, null, Map.of());
        assertThat(config.server().host()).isEqualTo("127.0.0.1");
        assertThat(config.server().port()).isEqualTo(3000);
        assertThat(config.server().publicUrl()).isEqualTo(URI.create("https://callbus.localhost"));
        assertThat(config.server().drainTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.server().eventLoops()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.twilio().sandboxed()).isTrue();
        assertThat(config.twilio().accountSid()).matches("AC[0-9a-f]{32}");
        assertThat(config.twilio().authTokens())
                .singleElement()
                .satisfies(token -> assertThat(token.reveal()).matches("[0-9a-f]{32}"));
        assertThat(config.llm().chain()).isEmpty();
        assertThat(config.llm().flow()).isEqualTo("help-desk");
        assertThat(config.call().silence().messages())
                .containsExactly("Still there?", "Just checking you are still there?");
        assertThat(config.assets()).isEqualTo(new AssetSettings(directory.resolve("assets")));
        assertThat(config.sandbox().directory()).isEqualTo(directory.resolve(".callbus"));
    }

    @Test
    void keepsTheSandboxKeyBetweenStarts() {
        assertThat(read(null, null, Map.of()).twilio())
                .isEqualTo(read(null, null, Map.of()).twilio());
    }

    @Test
    void makesNoSandboxKeyWithAnAccount() {
        read(null, null, account());
        assertThat(directory.resolve(".callbus")).doesNotExist();
    }

    @Test
    void environmentBeatsDotEnvAndThatBeatsYaml() {
        var yaml = "server:\n  port: 1001\n  host: a.example\n  drainTimeout: 1s\n";
        var config = read(yaml, "PORT=1002\nHOST=b.example\n", Map.of("PORT", "1003"));
        assertThat(config.server().port()).isEqualTo(1003);
        assertThat(config.server().host()).isEqualTo("b.example");
        assertThat(config.server().drainTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void emptyVariablesCountAsNotSet() {
        assertThat(read("server:\n  port: 1001\n", "PORT=\n", Map.of("PORT", ""))
                        .server()
                        .port())
                .isEqualTo(1001);
    }

    @Test
    void bothSpellingsAreGood() {
        var config = read(
                null,
                "TWILIO_FROM_NUMBER=+15551234567",
                Map.of("TWILIO_ACCOUNT_SID", SID, "TWILIO_AUTH_TOKEN", TOKEN, "SERVER_URL", "x.example"));
        assertThat(config.twilio().accountSid()).isEqualTo(SID);
        assertThat(config.twilio().authTokens()).containsExactly(new Secret(TOKEN));
        assertThat(config.twilio().fromNumber()).isEqualTo("+15551234567");
        assertThat(config.server().publicUrl()).isEqualTo(URI.create("https://x.example"));
    }

    @Test
    void bothSpellingsWithOneValueAreGood() {
        var environment = new HashMap<>(account());
        environment.put("TWILIO_ACCOUNT_SID", SID);
        assertThat(read(null, null, environment).twilio().accountSid()).isEqualTo(SID);
    }

    @Test
    void keepsTheOldAuthTokenWhileItIsRotated() {
        var environment = new HashMap<>(account());
        environment.put("AUTH_TOKEN_SECONDARY", "0".repeat(32));
        assertThat(read(null, null, environment).twilio().authTokens())
                .containsExactly(new Secret(TOKEN), new Secret("0".repeat(32)));
    }

    @ParameterizedTest
    @CsvSource({
        "x.example, https://x.example",
        "x.example/, https://x.example",
        "https://x.example/, https://x.example",
        "http://localhost:3000, http://localhost:3000",
        "x.example:8443, https://x.example:8443",
        "HTTPS://X.example, https://x.example"
    })
    void publicUrlTakesAHostWithOrWithoutScheme(String written, String expected) {
        assertThat(read(null, null, Map.of("SERVER_BASE_URL", written)).server().publicUrl())
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"20s, 20000", "1500ms, 1500", "2m, 120000", "1.5, 1500", "7, 7000", "1h, 3600000"})
    void durationsHaveUnits(String written, long milliseconds) {
        assertThat(read("call:\n  fillerAfter: " + written + "\n", null, Map.of())
                        .call()
                        .fillerAfter())
                .isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void numbersWithPlusStayTextEverywhere() {
        var yaml = "twilio:\n  fromNumber: +15551234567\n  handoffNumber: \"+15551234568\"\n";
        assertThat(read(yaml, null, Map.of()).twilio().fromNumber()).isEqualTo("+15551234567");
        assertThat(read(yaml, null, Map.of()).twilio().handoffNumber()).isEqualTo("+15551234568");
        assertThat(read(null, "FROM_NUMBER=+15551234567", Map.of()).twilio().fromNumber())
                .isEqualTo("+15551234567");
        assertThat(read(null, null, Map.of("FROM_NUMBER", "+15551234567"))
                        .twilio()
                        .fromNumber())
                .isEqualTo("+15551234567");
    }

    @Test
    void callersAreHandedOverOnlyWhereSomebodyIsConfigured() {
        var account = "twilio:\n  accountSid: " + SID
                + "\n  authToken: 12345678901234567890123456789012\nserver: {publicUrl: x.example}\n";
        assertThat(read(account, null, Map.of()).toolsOfThisServer().staffed()).isFalse();
        assertThat(read(account, "HANDOFF_NUMBER=+15551234568", Map.of())
                        .toolsOfThisServer()
                        .staffed())
                .isTrue();
        assertThat(read(null, null, Map.of()).toolsOfThisServer().staffed()).isTrue();
        assertThat(read(null, null, Map.of()).twilio().handoffNumber()).isEqualTo(SandboxKey.COLLEAGUE_NUMBER);
    }

    @Test
    void tokensThatLookLikeNumbersStayText() {
        var digits = "12345678901234567890123456789e12";
        var yaml = "twilio:\n  accountSid: " + SID + "\n  authToken: " + digits + "\nserver: {publicUrl: x.example}\n";
        assertThat(read(yaml, null, Map.of()).twilio().authTokens()).containsExactly(new Secret(digits));
    }

    @Test
    void aKeyMeansTheRealModel() {
        var provider = read(null, null, Map.of("OPENAI_API_KEY", "sk-x", "OPENAI_MODEL", "gpt-x"))
                .llm()
                .chain()
                .getFirst();
        assertThat(provider.name()).isEqualTo("openai");
        assertThat(provider.baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
        assertThat(provider.apiKey().reveal()).isEqualTo("sk-x");
        assertThat(provider.model()).isEqualTo("gpt-x");
        assertThat(provider.sandboxed()).isFalse();
    }

    @Test
    void theDialogIsAskedLastUnlessItIsNotWanted() {
        var yaml = "llm:\n  dialog: {flow: voice-desk, lastResort: %s}\n";
        var key = Map.of("OPENAI_API_KEY", "sk-x");
        assertThat(read(yaml.formatted("true"), null, key).llm().flow()).isEqualTo("voice-desk");
        assertThat(read(yaml.formatted("false"), null, key).llm().flow()).isNull();
        assertThat(read(yaml.formatted("false"), null, Map.of()).llm().flow())
                .as("there is nobody else")
                .isEqualTo("voice-desk");
    }

    @Test
    void theDialogCanBeChosenInSpiteOfAKeyAndThenHasNoFallback() {
        var wish = Map.of("OPENAI_API_KEY", "sk-x", "LLM_PROVIDER", "dialog");
        assertThat(read(null, null, wish).llm().chain()).isEmpty();
        var yaml = "llm: {fallback: [{baseUrl: 'http://127.0.0.1:1/v1', model: m}]}\n";
        assertThatThrownBy(() -> read(yaml, null, wish))
                .hasMessageContaining("no fallback would ever be asked")
                .hasMessageContaining("remove llm.fallback");
    }

    @Test
    void aBaseUrlAloneMeansALocalModelThatNeedsNoKey() {
        var provider = read(null, null, Map.of("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1/"))
                .llm()
                .chain()
                .getFirst();
        assertThat(provider.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:11434/v1"));
        assertThat(provider.apiKey().isPresent()).isTrue();
        assertThat(provider.sandboxed()).isFalse();
    }

    @Test
    void theSandboxCanBeChosenInSpiteOfAKey() {
        var llm = read(null, null, Map.of("OPENAI_API_KEY", "sk-x", "LLM_PROVIDER", "sandbox"))
                .llm();
        assertThat(llm.chain().getFirst().apiKey().reveal()).doesNotContain("sk-x");
        var at = llm.withSandboxAt(URI.create("http://127.0.0.1:4711/v1"));
        assertThat(at.chain().getFirst().baseUrl()).isEqualTo(URI.create("http://127.0.0.1:4711/v1"));
    }

    @Test
    void fallbacksFollowTheFirstProvider() {
        var yaml = """
                llm:
                  fallback:
                    - name: local
                      baseUrl: http://127.0.0.1:11434/v1
                      model: llama3.1
                      maxTokens: 200
                      maxTokensField: max_tokens
                    - baseUrl: https://api.other.example/v1
                      apiKey: other-key
                      model: big
                      temperature: 0.2
                """;
        var llm = read(yaml, null, Map.of("OPENAI_API_KEY", "sk-x")).llm();
        assertThat(llm.chain())
                .extracting(LlmSettings.Provider::name)
                .containsExactly("openai", "local", "api.other.example-2");
        assertThat(llm.chain().get(1).maxTokens()).isEqualTo(200);
        assertThat(llm.chain().get(1).maxTokensField()).isEqualTo("max_tokens");
        assertThat(llm.chain().get(2).apiKey().reveal()).isEqualTo("other-key");
        assertThat(llm.chain().get(2).temperature()).isEqualTo(0.2);
        assertThat(llm.withSandboxAt(URI.create("http://127.0.0.1:1/v1"))).isEqualTo(llm);
    }

    @Test
    void openAisResponsesCanBeChosen() {
        var provider = read(null, null, Map.of("OPENAI_API_KEY", "sk-x", "LLM_PROVIDER", "openai-responses"))
                .llm()
                .chain()
                .getFirst();
        assertThat(provider.api()).isEqualTo(LlmSettings.Api.OPENAI_RESPONSES);
        assertThat(provider.name()).isEqualTo("openai");
        assertThat(provider.baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
        assertThat(provider.sandboxed()).isFalse();
    }

    @Test
    void deepSeekIsChatCompletionsElsewhereWithItsOwnKey() {
        var environment =
                Map.of("DEEPSEEK_API_KEY", "ds", "OPENAI_API_KEY", "sk-x", "OPENAI_BASE_URL", "http://127.0.0.1:9/v1");
        var provider = read("llm: {provider: deepseek}", null, environment)
                .llm()
                .chain()
                .getFirst();
        assertThat(provider.name()).isEqualTo("deepseek");
        assertThat(provider.api()).isEqualTo(LlmSettings.Api.OPENAI_CHAT);
        assertThat(provider.baseUrl()).isEqualTo(URI.create("https://api.deepseek.com"));
        assertThat(provider.apiKey().reveal()).isEqualTo("ds");
        assertThat(provider.model()).isEqualTo("deepseek-v4-flash");
        assertThat(provider.maxTokensField()).isEqualTo("max_tokens");
    }

    @Test
    void aFlowIsNamedByItsServerAndItsId() {
        var provider = read(
                        null,
                        "LLM_PROVIDER=flowise\nFLOWISE_URL=http://127.0.0.1:3001/\nFLOWISE_CHATFLOW_ID=f-1",
                        Map.of("OPENAI_API_KEY", "sk-x"))
                .llm()
                .chain()
                .getFirst();
        assertThat(provider.name()).isEqualTo("flowise");
        assertThat(provider.api()).isEqualTo(LlmSettings.Api.FLOWISE);
        assertThat(provider.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:3001"));
        assertThat(provider.model()).isEqualTo("f-1");
        assertThat(provider.apiKey().isPresent()).isFalse();
    }

    @Test
    void fallbacksMayBeOfAnyProvider() {
        var yaml = """
                llm:
                  provider: deepseek
                  deepseek: {apiKey: ds, model: big}
                  flowise: {url: "http://127.0.0.1:3001", chatflowId: f-1, apiKey: fl}
                  fallback:
                    - provider: deepseek
                      model: small
                    - provider: flowise
                    - provider: openai-responses
                      name: responses
                      baseUrl: http://127.0.0.1:11434/v1
                      model: llama3.1
                    - provider: sandbox
                """;
        var chain = read(yaml, null, Map.of()).llm().chain();
        assertThat(chain)
                .extracting(LlmSettings.Provider::name)
                .containsExactly("deepseek", "deepseek-1", "flowise", "responses", "sandbox");
        assertThat(chain)
                .extracting(LlmSettings.Provider::model)
                .containsExactly("big", "small", "f-1", "llama3.1", "sandbox");
        assertThat(chain)
                .extracting(provider -> provider.apiKey().reveal())
                .startsWith("ds", "ds", "fl")
                .doesNotContain("");
        assertThat(chain)
                .extracting(LlmSettings.Provider::api)
                .containsExactly(
                        LlmSettings.Api.OPENAI_CHAT,
                        LlmSettings.Api.OPENAI_CHAT,
                        LlmSettings.Api.FLOWISE,
                        LlmSettings.Api.OPENAI_RESPONSES,
                        LlmSettings.Api.OPENAI_CHAT);
        assertThat(chain).extracting(LlmSettings.Provider::sandboxed).containsExactly(false, false, false, false, true);
    }

    @Test
    void threeRetriesAreTwoRemindersAndTheEnd() {
        var silence = read(null, null, Map.of("SILENCE_RETRY_THRESHOLD", "4", "SILENCE_SECONDS_THRESHOLD", "5"))
                .call()
                .silence();
        assertThat(silence.threshold()).isEqualTo(Duration.ofSeconds(5));
        assertThat(silence.messages())
                .containsExactly(
                        "Still there?", "Just checking you are still there?", "Just checking you are still there?");
        assertThat(read(null, null, Map.of("SILENCE_RETRY_THRESHOLD", "1"))
                        .call()
                        .silence()
                        .messages())
                .isEmpty();
    }

    @Test
    void onlyTheEnvironmentOverridesTheAgentsSilence() {
        var fromYaml = read("call: {silence: {threshold: 7s, retries: 2}}", null, Map.of());
        assertThat(fromYaml.call().silence().threshold()).isEqualTo(Duration.ofSeconds(7));
        assertThat(fromYaml.call().silence().messages()).hasSize(1);
        assertThat(fromYaml.assets().overrides()).isEqualTo(AssetSettings.Overrides.NONE);
        var overrides = read(
                        null,
                        "GREETING='Hi there'\nLLM_CONTEXT=otherContext.md\nSILENCE_SECONDS_THRESHOLD=7",
                        Map.of("LLM_MANIFEST", "otherManifest", "SILENCE_RETRY_THRESHOLD", "3"))
                .assets()
                .overrides();
        assertThat(overrides)
                .isEqualTo(new AssetSettings.Overrides(
                        "Hi there", "otherContext", "otherManifest", Duration.ofSeconds(7), 2));
    }

    @Test
    void listsMayBeEmptyOrOneValue() {
        assertThat(read("call:\n  fillers: []\n", null, Map.of()).call().fillers())
                .isEmpty();
        assertThat(read("call:\n  fillers: Hm.\n", null, Map.of()).call().fillers())
                .containsExactly("Hm.");
    }

    @Test
    void secretsAreNotPrinted() {
        var environment = new HashMap<>(account());
        environment.put("OPENAI_API_KEY", "sk-verysecret");
        environment.put("AUTH_TOKEN_SECONDARY", "0".repeat(32));
        assertThat(read(null, null, environment).toString())
                .doesNotContain(TOKEN, "sk-verysecret", "0".repeat(32))
                .contains("••••");
    }

    @Test
    void faultsOfAllSourcesComeInOneMessage() {
        var fault = catchThrowableOfType(
                ConfigException.class,
                () -> read(
                        "server:\n  prot: 1\ncall:\n  watchdog: soon\n",
                        "PORT=seventy\nwhat is this\n",
                        Map.of("FROM_NUMBER", "15551234567", "AUTH_TOKEN", "tooshort")));
        assertThat(fault.faults()).hasSize(7);
        assertThat(fault)
                .hasMessageStartingWith("The configuration has 7 faults:\n")
                .hasMessageContaining("server.prot (conf/callbus.yaml line 2)")
                .hasMessageContaining("did you mean server.port?")
                .hasMessageContaining("call.watchdog is \"soon\" (conf/callbus.yaml line 4)")
                .hasMessageContaining("PORT is \"seventy\" (.env line 1)")
                .hasMessageContaining(".env (.env line 2)")
                .hasMessageContaining("FROM_NUMBER is \"15551234567\" (environment)")
                .hasMessageContaining("AUTH_TOKEN is \"•••• (8 characters)\" (environment)")
                .hasMessageContaining("set ACCOUNT_SID")
                .hasMessageNotContaining("tooshort");
    }

    private CallbusConfig read(@Nullable String yaml, @Nullable String dotEnv, Map<String, String> environment) {
        return ConfigReader.read(new ConfigSources("conf/callbus.yaml", yaml, dotEnv, environment, directory));
    }

    private static Map<String, String> account() {
        return Map.of("ACCOUNT_SID", SID, "AUTH_TOKEN", TOKEN, "SERVER_BASE_URL", "x.example");
    }
}
