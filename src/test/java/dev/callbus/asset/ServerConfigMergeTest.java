package dev.callbus.asset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of {@code serverConfig.json}. */
class ServerConfigMergeTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void objectsAreMergedAndAllElseIsReplaced() {
        assertThat(merge("{'a':{'b':1,'c':[1,2]},'d':3}", "{'a':{'c':[9],'e':{'f':'g'}}}"))
                .isEqualTo(json("{'a':{'b':1,'c':[9],'e':{'f':'g'}},'d':3}"));
    }

    @Test
    void nullRemoves() {
        assertThat(merge("{'a':{'b':1,'c':2}}", "{'a':{'b':null},'x':{'y':null}}"))
                .isEqualTo(json("{'a':{'c':2},'x':{}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'AssetLoader':{'context':'a'}} | {'AssetLoader':{'context':'x'}}",
                "{'AssetLoader':{'activeContextKey':'a'}} | {'AssetLoader':{'context':'x'}}",
                "{'AssetLoader':{'contextName':'a'}} | {'AssetLoader':{'activeContextKey':'x'}}",
                "{'UsedConfig':{'context':'a'}} | {'AssetLoader':{'contextName':'x'}}",
                "{'AssetLoader':{'activeContextKey':'a'}} | {'UsedConfig':{'context':'x'}}",
                "{} | {'UsedConfig':{'context':'x'}}"
            })
    void oneNameOfTheActiveContextIsLeft(String document, String patch) {
        assertThat(merge(document, patch)).isEqualTo(json("{'AssetLoader':{'activeContextKey':'x'}}"));
        var manifests = document.replace("context", "manifest").replace("Context", "Manifest");
        var manifestPatch = patch.replace("context", "manifest").replace("Context", "Manifest");
        assertThat(merge(manifests, manifestPatch)).isEqualTo(json("{'AssetLoader':{'activeManifestKey':'x'}}"));
    }

    @Test
    void changeOfSomethingElseLeavesTheNamesAlone() {
        assertThat(merge("{'AssetLoader':{'context':'a'}}", "{'AssetLoader':{'manifest':'m'}}"))
                .isEqualTo(json("{'AssetLoader':{'context':'a','activeManifestKey':'m'}}"));
    }

    @Property(tries = 300)
    void mergingTwiceIsMergingOnce(@ForAll("documents") ObjectNode document, @ForAll("documents") ObjectNode patch) {
        var once = ServerConfigMerge.merge(document, patch);
        assertThat(object(ServerConfigMerge.merge(object(once), patch))).isEqualTo(object(once));
    }

    @Property(tries = 300)
    void namesNeverDisagreeAfterAChangeThatSetsThem(
            @ForAll("documents") ObjectNode document, @ForAll("keys") String key, @ForAll("names") String name) {
        var patch = MAPPER.createObjectNode();
        patch.putObject("AssetLoader").put(name, key);
        var faults = new ArrayList<ConfigFault>();
        var silence = new SilenceSettings(false, Duration.ofSeconds(1), List.of());
        var config = ServerConfigFile.read(
                "test", ServerConfigMerge.merge(document, patch), silence, faults, new ArrayList<>());
        assertThat(config.contextKey()).isEqualTo(key);
    }

    @Property(tries = 100)
    void emptyChangeChangesNothing(@ForAll("documents") ObjectNode document) {
        assertThat(object(ServerConfigMerge.merge(document, MAPPER.createObjectNode())))
                .isEqualTo(document);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("x", "y", "someContext");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(ServerConfigFile.CONTEXT_NAMES);
    }

    @Provide
    Arbitrary<ObjectNode> documents() {
        var name = Arbitraries.of(
                "AssetLoader", "UsedConfig", "context", "contextName", "activeContextKey", "manifest", "numbers", "z");
        Arbitrary<JsonNode> leaf =
                Arbitraries.of("\"a\"", "\"b\"", "1", "null", "[]", "[1,{}]").map(ServerConfigMergeTest::node);
        Arbitrary<JsonNode> inner = Arbitraries.maps(name, leaf)
                .ofMaxSize(4)
                .map(members -> MAPPER.createObjectNode().<ObjectNode>setAll(members));
        return Arbitraries.maps(name, Arbitraries.oneOf(List.of(leaf, inner, inner)))
                .ofMaxSize(5)
                .map(members -> MAPPER.createObjectNode().setAll(members));
    }

    private static JsonNode merge(String document, String patch) {
        return object(ServerConfigMerge.merge(json(document), json(patch)));
    }

    private static ObjectNode json(String text) {
        return object(text.replace('\'', '"'));
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) node(text);
    }

    private static JsonNode node(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
