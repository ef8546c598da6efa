package dev.callbus.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.AssetSettings.Overrides;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigException;
import dev.callbus.llm.ModelChoice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which agent answers, and what becomes of broken assets. */
class AgentBookTest {
    private static final SilenceSettings SILENCE = new SilenceSettings(true, Duration.ofSeconds(20), List.of("Hm?"));
    private static final AgentRules RULES =
            new AgentRules(Overrides.NONE, SILENCE, Set.of("end-call", "send-dtmf", "send-sms"));
    private static final String NUMBERS = """
            {"AssetLoader": {"numbers": {
              "+15551110000": {"context": "sales", "manifest": "salesTools.json"},
              "+1 (555) 222-0000": {"context": "sales.md"}}}}
            """;
    private static final RawAssets GOOD = new RawAssets(
            "store",
            Map.of("defaultContext", "Default.", "sales", "Sales.", "billing", "Billing."),
            Map.of("defaultToolManifest", tools("end-call"), "salesTools", tools("send-sms")),
            "{}");

    @Test
    void activeAgentAnswersWhereNothingElseIsNamed() {
        assertThat(keys(book(GOOD), "+15550000000", Map.of("name", "x")))
                .isEqualTo("defaultContext defaultToolManifest");
    }

    @ParameterizedTest
    @CsvSource({
        "contextKey, sales",
        "contextFile, sales.md",
        "context, sales",
        "contextName, ' sales '",
        "activeContextKey, sales.md"
    })
    void callNamesItsContext(String parameter, String value) {
        assertThat(keys(book(GOOD), "", Map.of(parameter, value))).isEqualTo("sales defaultToolManifest");
        assertThat(AgentSelection.PARAMETERS).contains(parameter).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "manifestKey, salesTools",
        "toolManifestFile, salesTools.json",
        "manifest, salesTools",
        "manifestName, salesTools",
        "activeManifestKey, salesTools"
    })
    void callNamesItsManifest(String parameter, String value) {
        assertThat(keys(book(GOOD), "", Map.of(parameter, value))).isEqualTo("defaultContext salesTools");
        assertThat(AgentSelection.PARAMETERS).contains(parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nowhere",
                "../sales",
                "a/../sales",
                "/etc/passwd",
                "sales\u0000",
                "..\\sales",
                " ",
                "sales.md.md"
            })
    void s7_unknownKeysOfACallGetTheDefault(String key) {
        var book = book(GOOD.with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", NUMBERS)));
        assertThat(keys(book, "", Map.of("contextKey", key, "manifestKey", key)))
                .isEqualTo("defaultContext defaultToolManifest");
        assertThat(keys(book, "+15551110000", Map.of("contextKey", key))).isEqualTo("sales salesTools");
    }

    @Test
    void numbersHaveAgentsOfTheirOwn() {
        var book = book(GOOD.with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", NUMBERS)));
        assertThat(keys(book, "+15551110000", Map.of())).isEqualTo("sales salesTools");
        assertThat(keys(book, "+15552220000", Map.of())).isEqualTo("sales defaultToolManifest");
        assertThat(keys(book, "+15551110000", Map.of("contextKey", "billing"))).isEqualTo("billing salesTools");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'555':{}} | AssetLoader.numbers.555 | write it as +15551234567",
                "{'+15551110000':'sales'} | +15551110000 is \"sales\" | of which one may be left out",
                "{'+15551110000':{'contxt':'sales'}} | +15551110000.contxt | write context or manifest",
                "{'+15551110000':{'context':7}} | +15551110000.context is \"7\" | double quotes",
                "{'+15551110000':{'context':'nobody'}} | +15551110000.context is \"nobody\" | name one of billing",
                "{'+15551110000':{'manifest':'../x'}} | +15551110000.manifest is \"../x\" | name one of defaultToolManifest",
                "{'+15551110000':{},'+1-555-111-0000':{}} | +1-555-111-0000 | keep one",
                "[] | AssetLoader.numbers | write it as {"
            })
    void numbersAreChecked(String numbers, String where, String remedy) {
        var config = ("{'AssetLoader':{'numbers':" + numbers + "}}").replace('\'', '"');
        assertThat(fatal(GOOD.with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", config))))
                .contains("has one fault", where, remedy);
    }

    @Test
    void configurationWinsOverTheFileButNotOverTheCall() {
        var config = "{\"AssetLoader\":{\"activeContextKey\":\"billing\"}}";
        var overrides = new Overrides("Hi", "sales.md", null, null, null);
        var book = AgentBook.first(
                GOOD.with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", config)),
                new AgentRules(overrides, SILENCE, RULES.tools()));
        assertThat(keys(book, "", Map.of())).isEqualTo("sales defaultToolManifest");
        assertThat(keys(book, "", Map.of("contextKey", "defaultContext"))).startsWith("defaultContext ");
        assertThat(book.choose("", Map.of()).relay().welcomeGreeting()).isEqualTo("Hi");
    }

    @Test
    void frontMatterChoosesTheModel() {
        var text = "---\nprovider: local\nmodel: 'gpt-4o' # ours\n---\n\n# Sales\nSell.\n";
        var context = AgentBook.first(GOOD.with(AssetKind.CONTEXT, Map.of("sales", text)), RULES)
                .find("sales", null)
                .context();
        assertThat(context).isEqualTo(new AgentContext("sales", "# Sales\nSell.", new ModelChoice("local", "gpt-4o")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "---;temperature: 1;---;Sell. | temperature | write provider or model",
                "---;model: [a];---;Sell. | model | write one name",
                "---;model: a;model: b;---;Sell. | model is \"b\" | keep one",
                "---;just words;---;Sell. | front matter | write lines such as",
                "---;model: \"a;---;Sell. | front matter | write lines such as",
                "---;model: a;Sell. | front matter | end it with",
                "---;model: a;---; | is empty | write the agent's instructions"
            })
    void frontMatterIsChecked(String text, String where, String remedy) {
        assertThat(fatal(GOOD.with(AssetKind.CONTEXT, Map.of("defaultContext", text.replace(';', '\n')))))
                .contains(where, "store/defaultContext.md", remedy);
    }

    @Test
    void emptyFrontMatterAndRulersFurtherDownChangeNothing() {
        var raw =
                GOOD.with(AssetKind.CONTEXT, Map.of("sales", "---\n---\nSell.\n---\nmodel: x", "billing", "A\n---\nB"));
        assertThat(book(raw).find("sales", null).context())
                .isEqualTo(new AgentContext("sales", "Sell.\n---\nmodel: x"));
        assertThat(book(raw).find("billing", null).context()).isEqualTo(new AgentContext("billing", "A\n---\nB"));
    }

    @Test
    void manifestDescribesItsToolsFlatOrNested() {
        var json = "{\"tools\":[{\"type\":\"function\",\"name\":\"end-call\",\"description\":\"Mine.\"},"
                + "{\"type\":\"function\",\"function\":{\"name\":\"send-sms\",\"description\":\"Also mine.\"}},"
                + "{\"name\":\"send-dtmf\"}]}";
        assertThat(book(GOOD.with(AssetKind.MANIFEST, Map.of("m", json)))
                        .find(null, "m")
                        .manifest())
                .isEqualTo(new ToolManifest(
                        "m",
                        List.of(
                                new ToolManifest.Entry("end-call", "Mine."),
                                new ToolManifest.Entry("send-sms", "Also mine."),
                                new ToolManifest.Entry("send-dtmf", null))));
    }

    @Test
    void unknownToolsAreLeftOutWithAWarning() {
        var book = book(GOOD.with(AssetKind.MANIFEST, Map.of("salesTools", tools("send-smss", "end-call"))));
        assertThat(book.find(null, "salesTools").manifest())
                .isEqualTo(ToolManifest.of("salesTools", List.of("end-call")));
        assertThat(book.warnings()).singleElement().asString().contains("salesTools", "send-smss", "send-sms");
    }

    @Test
    void manifestWithoutAnyKnownToolIsRefused() {
        assertThat(fatal(GOOD.with(AssetKind.MANIFEST, Map.of("defaultToolManifest", tools("fly", "../swim")))))
                .contains("../swim");
        assertThat(fatal(GOOD.with(AssetKind.MANIFEST, Map.of("defaultToolManifest", tools("fly")))))
                .contains("is \"fly\"", "name some of end-call, send-dtmf, send-sms");
        assertThat(book(GOOD.with(AssetKind.MANIFEST, Map.of("defaultToolManifest", tools())))
                        .faults())
                .isEmpty();
    }

    @Test
    void brokenAssetsThatNobodyUsesStopNoServer() {
        var book = book(GOOD.with(AssetKind.CONTEXT, Map.of("sales", " ")));
        assertThat(book.faults()).singleElement().asString().contains("sales.md", "is empty");
        assertThatThrownBy(() -> book.find("sales", null)).hasMessage("Context not found for key: sales");
    }

    @Test
    void brokenAssetsOfANumberStopAServer() {
        var raw = GOOD.with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", NUMBERS));
        assertThat(fatal(raw.with(AssetKind.CONTEXT, Map.of("sales", " ")))).contains("has one fault", "sales.md");
    }

    @Test
    void brokenAssetsKeepTheirLastGoodVersion() {
        var first = book(GOOD.with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", NUMBERS)));
        var next = first.next(first.raw()
                .with(AssetKind.CONTEXT, Map.of("defaultContext", " ", "billing", "Newer."))
                .with(AssetKind.MANIFEST, Map.of("salesTools", "{"))
                .with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", "{\"AssetLoader\": {\"context\": \"bil")));
        assertThat(next.faults()).hasSize(3);
        assertThat(next.find("defaultContext", "salesTools")).isEqualTo(first.find("defaultContext", "salesTools"));
        assertThat(keys(next, "+15551110000", Map.of())).isEqualTo("sales salesTools");
        assertThat(next.find("billing", null).context()).isEqualTo(new AgentContext("billing", "Newer."));
        var recovered = next.next(GOOD);
        assertThat(recovered.faults()).isEmpty();
        assertThat(keys(recovered, "+15551110000", Map.of())).isEqualTo("defaultContext defaultToolManifest");
    }

    @Test
    void whatAnswersCallsGoesOnWhenItIsRemovedBehindTheServersBack() {
        var first = book(GOOD.with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", NUMBERS)));
        var next = first.next(
                first.raw().without(AssetKind.CONTEXT, "defaultContext").without(AssetKind.CONTEXT, "sales"));
        assertThat(keys(next, "", Map.of())).isEqualTo("defaultContext defaultToolManifest");
        assertThat(keys(next, "+15551110000", Map.of())).isEqualTo("sales salesTools");
        assertThat(keys(next, "", Map.of("contextKey", "sales"))).startsWith("defaultContext");
        assertThat(next.faults())
                .hasSize(3)
                .allSatisfy(fault -> assertThat(fault.problem()).isEqualTo("is no context that is there"));
    }

    @Test
    void activeKeyThatNamesNothingLeavesTheActiveOneInForceAndFresh() {
        var first = book(GOOD);
        var next = first.next(GOOD.with(
                        AssetKind.SERVER_CONFIG,
                        Map.of("serverConfig", "{\"AssetLoader\":{\"activeContextKey\":\"nobody\"}}"))
                .with(AssetKind.CONTEXT, Map.of("defaultContext", "Newer.")));
        assertThat(next.choose("", Map.of()).context()).isEqualTo(new AgentContext("defaultContext", "Newer."));
        assertThat(next.faults()).singleElement().asString().contains("nobody", "name one of billing, defaultContext");
    }

    @Test
    void misspeltNamesOfTheLoaderAreWarnedOf() {
        var config = "{\"AssetLoader\":{\"activContextKey\":\"sales\"}}";
        assertThat(book(GOOD.with(AssetKind.SERVER_CONFIG, Map.of("serverConfig", config)))
                        .warnings())
                .singleElement()
                .asString()
                .contains("AssetLoader.activContextKey", "activeContextKey");
    }

    @Test
    void findsByKeyOrFileName() {
        assertThat(book(GOOD).find("sales.md", "salesTools.json"))
                .isEqualTo(new AssetProtocol.Found(
                        new AgentContext("sales", "Sales."), ToolManifest.of("salesTools", List.of("send-sms"))));
        assertThat(book(GOOD).find(null, null)).isEqualTo(new AssetProtocol.Found(null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "../sales", "", "nowhere.md"})
    void s7_doesNotFindWhatIsNotThere(String key) {
        var context = catchThrowableOfType(BusException.class, () -> book(GOOD).find(key, null));
        assertThat(context.failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(context).hasMessage("Context not found for key: " + key);
        var manifest = catchThrowableOfType(BusException.class, () -> book(GOOD).find("sales", key));
        assertThat(manifest.failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(manifest).hasMessage("Tool manifest not found for key: " + key);
    }

    private static AgentBook book(RawAssets raw) {
        return AgentBook.first(raw, RULES);
    }

    private static String fatal(RawAssets raw) {
        return String.valueOf(
                catchThrowableOfType(ConfigException.class, () -> book(raw)).getMessage());
    }

    private static String keys(AgentBook book, String number, Map<String, String> parameters) {
        var profile = book.choose(number, parameters);
        return profile.context().key() + " " + profile.manifest().key();
    }

    private static String tools(String... names) {
        return List.of(names).stream()
                .map(name -> "{\"type\":\"function\",\"name\":\"" + name + "\"}")
                .collect(java.util.stream.Collectors.joining(",", "{\"tools\":[", "]}"));
    }
}
