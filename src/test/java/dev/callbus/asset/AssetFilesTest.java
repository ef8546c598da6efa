package dev.callbus.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.callbus.config.AssetSettings.Overrides;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent as its files describe it. */
class AssetFilesTest {
    private static final SilenceSettings OTHERWISE =
            new SilenceSettings(true, Duration.ofSeconds(20), List.of("Still there?"));
    private static final Set<String> TOOLS = Set.of("end-call", "send-dtmf", "a");
    private static final String FLAT = "{\"tools\":[{\"type\":\"function\",\"name\":\"end-call\"}]}";
    private static final String NESTED =
            "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"send-dtmf\",\"parameters\":{}}}]}";

    @TempDir
    Path directory;

    @BeforeEach
    void writeFiles() throws IOException {
        write("serverConfig.json", "{}");
        write("defaultContext.md", "Default.\n");
        write("otherContext.md", "Other.");
        write("defaultToolManifest.json", FLAT);
        write("otherManifest.json", NESTED);
    }

    @Test
    void c23_missingBlocksGetDefaults() {
        var profile = read();
        assertThat(profile.context().text()).isEqualTo("Default.");
        assertThat(profile.manifest().names()).containsExactly("end-call");
        assertThat(profile.silence()).isEqualTo(OTHERWISE);
        assertThat(profile.relay()).isEqualTo(new RelaySettings(Map.of(), List.of(), Map.of()));
        assertThat(profile.relay().welcomeGreeting()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'AssetLoader':{'assetLoaderType':'file','activeContextKey':'otherContext','activeManifestKey':'otherManifest'}}",
                "{'AssetLoader':{'contextName':'otherContext','manifestName':'otherManifest'}}",
                "{'AssetLoader':{'context':'otherContext','manifest':'otherManifest'}}",
                "{'AssetLoader':{'context':'otherContext.md','manifest':'otherManifest.json'}}",
                "{'UsedConfig':{'configuration':'x','context':'otherContext','manifest':'otherManifest'}}"
            })
    void c23_activeKeysHaveHistoricalNames(String json) throws IOException {
        config(json);
        assertThat(read().context().text()).isEqualTo("Other.");
        assertThat(read().manifest().names()).containsExactly("send-dtmf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ConversationRelay':{'SilenceDetection':%s}}",
                "{'ConversationRelay':{'silenceDetection':%s}}",
                "{'SilenceDetection':%s}",
                "{'silenceDetection':%s}",
                "{'UsedConfig':{'silenceDetection':%s}}"
            })
    void c23_silenceHasHistoricalNames(String json) throws IOException {
        config(json.formatted("{'enabled':false,'secondsThreshold':7.5,'messages':['Hm?']}"));
        assertThat(read().silence()).isEqualTo(new SilenceSettings(false, Duration.ofMillis(7500), List.of("Hm?")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ConversationRelay':{'Configuration':{'languages':[%s]}}}",
                "{'ConversationRelay':{'Languages':[%s]}}",
                "{'Languages':[%s]}",
                "{'Languages':{'en-NZ':%s}}",
                "{'UsedConfig':{'configuration':{'languages':[%s]}}}"
            })
    void languagesHaveAllFieldsWhereverTheyStand(String json) throws IOException {
        config(json.formatted("{'code':'en-NZ','ttsProvider':'elevenlabs','voice':'v1',"
                + "'transcriptionProvider':'Deepgram','speechModel':'nova-3-general'}"));
        assertThat(read().relay().languages())
                .containsExactly(Map.of(
                        "code", "en-NZ",
                        "ttsProvider", "ElevenLabs",
                        "voice", "v1",
                        "transcriptionProvider", "Deepgram",
                        "speechModel", "nova-3-general"));
    }

    @Test
    void ofTwoLanguagesWithOneCodeTheLaterCounts() throws IOException {
        config("{'Languages':[{'code':'en-US','voice':'a'},{'code':'de-DE'},{'code':'en-US','voice':'b'}]}");
        assertThat(read().relay().languages())
                .containsExactly(Map.of("code", "en-US", "voice", "b"), Map.of("code", "de-DE"));
    }

    @Test
    void parametersAreKept() throws IOException {
        relay("'parameters':[{'name':'site','value':'north'},{'name':'floor','value':3}]");
        assertThat(read().relay().parameters()).containsExactly(Map.entry("site", "north"), Map.entry("floor", "3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'dtmfDetection':true | dtmfDetection | true",
                "'dtmfDetection':'true' | dtmfDetection | true",
                "'interruptible':true | interruptible | any",
                "'interruptible':'false' | interruptible | none",
                "'reportInputDuringAgentSpeech':false | reportInputDuringAgentSpeech | none",
                "'speechTimeout':'auto' | speechTimeout | auto",
                "'speechTimeout':900 | speechTimeout | 900",
                "'speechtimeout':900 | speechTimeout | 900",
                "'ttsProvider':'amazon' | ttsProvider | Amazon",
                "'transcriptionProvider':'google' | transcriptionProvider | Google",
                "'events':['speaker-events','tokens-played'] | events | speaker-events tokens-played",
                "'hints':['Twilio','ServiceNow'] | hints | Twilio,ServiceNow",
                "'eotThreshold':0.7 | eotThreshold | 0.7",
                "'ttsLanguage':'multi' | ttsLanguage | multi",
                "'brandNew':true | brandNew | true"
            })
    void attributesGoOnTheWireAsTwilioWritesThem(String written, String name, String value) throws IOException {
        relay(written);
        assertThat(read().relay().attributes()).containsExactly(Map.entry(name, value));
    }

    @Test
    void emptyAttributesAreLeftOut() throws IOException {
        relay("'hints':'','debug':' ','voice':null,'events':[],'url':'wss://elsewhere'");
        assertThat(read().relay().attributes()).isEmpty();
    }

    @Test
    void attributesKeepTheirOrder() throws IOException {
        relay("'voice':'v','language':'en-AU','hints':'h','debug':'debugging','preemptible':false");
        assertThat(read().relay().attributes().keySet())
                .containsExactly("voice", "language", "hints", "debug", "preemptible");
    }

    static Stream<Arguments> faults() {
        var relay = "ConversationRelay.Configuration.";
        return Stream.of(
                arguments("'speechTimeout':599", relay + "speechTimeout is \"599\"", "write auto, or 600 to 5000"),
                arguments("'speechTimeout':'slow'", relay + "speechTimeout is \"slow\"", "write auto, or 600 to 5000"),
                arguments("'dtmfDetection':'maybe'", relay + "dtmfDetection is \"maybe\"", "write true, false"),
                arguments("'dtmfDetection':{}", relay + "dtmfDetection", "write one value"),
                arguments("'interruptible':'voice'", relay + "interruptible is \"voice\"", "none, dtmf, speech, any"),
                arguments(
                        "'interruptSensitivity':'max'", relay + "interruptSensitivity is \"max\"", "low, medium, high"),
                arguments("'ttsProvider':'Polly'", relay + "ttsProvider is \"Polly\"", "Google, Amazon, ElevenLabs"),
                arguments("'language':'english US'", relay + "language is \"english US\"", "write it as en-US"),
                arguments("'eotThreshold':0.95", relay + "eotThreshold is \"0.95\"", "0.5 to 0.9"),
                arguments("'events':'tokens'", relay + "events is \"tokens\"", "speaker-events, tokens-played"),
                arguments("'languages':[{'voice':'v'}]", relay + "languages[0].code", "write the language"),
                arguments("'languages':'en-US'", relay + "languages is \"en-US\"", "write it as ["),
                arguments(
                        "'languages':[{'code':'en-US','ttsProvider':'x'}]",
                        relay + "languages[0].ttsProvider",
                        "Google"),
                arguments("'parameters':[{'name':'x'}]", relay + "parameters[0]", "\"value\""),
                arguments("'parameters':{}", relay + "parameters", "write it as ["));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void attributeIsRefused(String written, String where, String remedy) throws IOException {
        relay(written);
        assertThat(message())
                .startsWith("The agent's description has one fault:\n  * " + where)
                .contains("(" + directory.resolve("serverConfig.json") + ")")
                .contains(remedy);
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("serverConfig.json", "{\"a\": 1,\n \"b\": }", "line 2", "correct the commas"),
                arguments("serverConfig.json", "{\"a\": 1, \"a\": 2}", "line 1", "correct the commas"),
                arguments("serverConfig.json", "[]", "the file", "write it as {"),
                arguments("serverConfig.json", "{\"ConversationRelay\": []}", "ConversationRelay (", "write it as {"),
                arguments(
                        "serverConfig.json",
                        "{\"AssetLoader\": {\"assetLoaderType\": \"j2\"}}",
                        "assetLoaderType is \"j2\"",
                        "write one of file, sync"),
                arguments(
                        "serverConfig.json",
                        "{\"AssetLoader\": {\"context\": 5}}",
                        "AssetLoader.context is \"5\"",
                        "write it between double quotes"),
                arguments(
                        "serverConfig.json",
                        "{\"AssetLoader\": {\"context\": \"defaultContext\", \"activeContextKey\": \"otherContext\"}}",
                        "otherContext and defaultContext",
                        "keep AssetLoader.activeContextKey"),
                arguments(
                        "serverConfig.json",
                        "{\"AssetLoader\": {\"context\": \"salesContext\"}}",
                        "active context is \"salesContext\"",
                        "name one of defaultContext, otherContext"),
                arguments(
                        "serverConfig.json",
                        "{\"AssetLoader\": {\"manifest\": \"../x\"}}",
                        "active tool manifest is \"../x\"",
                        "name one of defaultToolManifest, otherManifest"),
                arguments(
                        "serverConfig.json",
                        "{\"silenceDetection\": {\"secondsThreshold\": 0}}",
                        "silenceDetection.secondsThreshold is \"0\"",
                        "write a number such as 20"),
                arguments(
                        "serverConfig.json",
                        "{\"silenceDetection\": {\"messages\": [\"\"]}}",
                        "silenceDetection.messages[0]",
                        "write words"),
                arguments(
                        "serverConfig.json",
                        "{\"silenceDetection\": {\"enabled\": 1}}",
                        "silenceDetection.enabled is \"1\"",
                        "write true or false"),
                arguments("defaultContext.md", " \n", "defaultContext.md", "write the agent's instructions"),
                arguments("defaultToolManifest.json", "{", "is not JSON", "correct the commas"),
                arguments("defaultToolManifest.json", "{}", "tools (", "which may be empty"),
                arguments(
                        "defaultToolManifest.json",
                        "{\"tools\":[{\"type\":\"function\"}]}",
                        "tools[0].name",
                        "such as end-call"),
                arguments(
                        "defaultToolManifest.json",
                        "{\"tools\":[{\"name\":\"a\"},{\"name\":\"a\"}]}",
                        "tools[1].name",
                        "keep one of the two"),
                arguments(
                        "defaultToolManifest.json",
                        "{\"tools\":[{\"type\":\"web\",\"name\":\"a\"}]}",
                        "tools[0].type",
                        "write \"function\""));
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileIsRefused(String file, String text, String where, String remedy) throws IOException {
        write(file, text);
        assertThat(message())
                .startsWith("The agent's description has one fault:")
                .contains(where, remedy);
    }

    @Test
    void missingConfigIsRefused() throws IOException {
        Files.delete(directory.resolve("serverConfig.json"));
        assertThat(message()).contains("serverConfig.json", "is missing");
    }

    @Test
    void contextThatIsNotUtf8IsRefused() throws IOException {
        Files.write(directory.resolve("defaultContext.md"), new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
        assertThat(message()).contains("defaultContext.md", "save it as UTF-8");
    }

    @Test
    void allFaultsComeInOneMessage() throws IOException {
        config("{'ConversationRelay':{'Configuration':{'speechTimeout':1,'interruptible':'x'}},"
                + "'AssetLoader':{'context':'nowhere'}}");
        write("defaultToolManifest.json", "{");
        assertThat(message())
                .startsWith("The agent's description has 4 faults:")
                .contains("speechTimeout", "interruptible", "nowhere");
    }

    @Test
    void configurationOverridesTheFiles() throws IOException {
        config("{'ConversationRelay':{'Configuration':{'welcomeGreeting':'Hello','language':'en-US'},"
                + "'SilenceDetection':{'secondsThreshold':20,'messages':['One?','Two?']}}}");
        var overrides = new Overrides("Hi", "otherContext", "otherManifest", Duration.ofSeconds(5), 1);
        var profile = read(overrides);
        assertThat(profile)
                .isEqualTo(new AgentProfile(
                        new AgentContext("otherContext", "Other."),
                        ToolManifest.of("otherManifest", List.of("send-dtmf")),
                        new RelaySettings(Map.of("welcomeGreeting", "Hi", "language", "en-US"), List.of(), Map.of()),
                        new SilenceSettings(true, Duration.ofSeconds(5), List.of("One?")),
                        false));
    }

    private AgentProfile read() {
        return read(Overrides.NONE);
    }

    private AgentProfile read(Overrides overrides) {
        return AgentBook.first(new AssetDirectory(directory).read(), new AgentRules(overrides, OTHERWISE, TOOLS))
                .choose("", Map.of());
    }

    private String message() {
        return String.valueOf(
                catchThrowableOfType(ConfigException.class, this::read).getMessage());
    }

    private void relay(String attributes) throws IOException {
        config("{'ConversationRelay':{'Configuration':{" + attributes + "}}}");
    }

    private void config(String json) throws IOException {
        write("serverConfig.json", json.replace('\'', '"'));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
