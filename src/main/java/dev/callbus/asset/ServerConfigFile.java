package dev.callbus.asset;

import static dev.callbus.asset.JsonFaults.join;
import static dev.callbus.asset.JsonFaults.shown;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigFault;
import dev.callbus.config.NearestName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code serverConfig.json}, whatever release's names it uses: {@code SilenceDetection} or {@code silenceDetection},
 * {@code activeContextKey}, {@code contextName} or {@code context}, {@code AssetLoader} or {@code UsedConfig}.
 */
final class ServerConfigFile {
    /** The blocks that may name the active assets. */
    static final List<String> PARENTS = List.of("AssetLoader", "UsedConfig");

    /** What the key of the active context was called, the present name first. */
    static final List<String> CONTEXT_NAMES = List.of("activeContextKey", "contextName", "context");

    /** What the key of the active tool manifest was called, the present name first. */
    static final List<String> MANIFEST_NAMES = List.of("activeManifestKey", "manifestName", "manifest");

    private static final List<String> LOADER_NAMES = Stream.of(
                    CONTEXT_NAMES, MANIFEST_NAMES, List.of("assetLoaderType", "numbers"))
            .flatMap(List::stream)
            .toList();

    private final JsonNode root;
    private final JsonFaults faults;
    private final RelaySettings relay;

    private ServerConfigFile(String origin, String text, List<ConfigFault> faults, List<String> warnings) {
        this.faults = new JsonFaults("serverConfig.json", origin, faults);
        this.root = this.faults.parse(text);
        this.relay = readRelay(warnings);
        checkLoader(warnings);
    }

    /**
     * What the file's text says; faults and warnings are added to these lists.
     *
     * @param origin where the text is kept
     * @param silence what holds where the file says nothing about silence
     */
    static ServerConfig read(
            String origin, String text, SilenceSettings silence, List<ConfigFault> faults, List<String> warnings) {
        var file = new ServerConfigFile(origin, text, faults, warnings);
        return new ServerConfig(
                file.activeKey(CONTEXT_NAMES),
                file.activeKey(MANIFEST_NAMES),
                file.numbers(),
                file.relay,
                file.silence(silence),
                file.listenMode());
    }

    private boolean listenMode() {
        return root.at("/Server/ListenMode/enabled").asBoolean()
                || root.at("/UsedConfig/listenMode/enabled").asBoolean();
    }

    private Map<String, ServerConfig.Assignment> numbers() {
        var numbers = new LinkedHashMap<String, ServerConfig.Assignment>();
        var block = block("AssetLoader", "numbers");
        block.node().fields().forEachRemaining(entry -> {
            var path = join(block.path(), entry.getKey());
            var number = entry.getKey().replaceAll("[ ().-]", "");
            if (!number.matches("\\+[1-9][0-9]{1,14}")) {
                faults.add(path, null, "is no phone number", "write it as +15551234567");
            } else if (!entry.getValue().isObject()) {
                var remedy = "write { \"context\": \"…\", \"manifest\": \"…\" }, of which one may be left out";
                faults.add(path, shown(entry.getValue()), "is not an object", remedy);
            } else if (numbers.put(number, assignment(path, entry.getValue())) != null) {
                faults.add(path, null, "is there twice", "keep one of the two");
            }
        });
        return numbers;
    }

    private ServerConfig.Assignment assignment(String path, JsonNode node) {
        node.fieldNames().forEachRemaining(name -> {
            if (!name.equals("context") && !name.equals("manifest")) {
                faults.add(join(path, name), null, "is no part of an agent", "write context or manifest");
            }
        });
        return new ServerConfig.Assignment(
                key(faults.text(node, path, "context")), key(faults.text(node, path, "manifest")));
    }

    private static @Nullable String key(@Nullable String written) {
        return written == null ? null : AssetKey.of(written);
    }

    private SilenceSettings silence(SilenceSettings otherwise) {
        var block = first(
                block("ConversationRelay", "SilenceDetection"),
                block("ConversationRelay", "silenceDetection"),
                block("", "SilenceDetection"),
                block("", "silenceDetection"),
                block("UsedConfig", "silenceDetection"));
        return new SilenceSettings(
                enabled(block, otherwise.enabled()),
                threshold(block, otherwise.threshold()),
                messages(block, otherwise.messages()),
                otherwise.farewell());
    }

    private RelaySettings readRelay(List<String> warnings) {
        var used = root.path("UsedConfig").path("configuration");
        if (used.isTextual()) {
            warnings.add("UsedConfig.configuration names a configuration; only ConversationRelay.Configuration counts");
        }
        var configuration = first(
                block("ConversationRelay", "Configuration"),
                used.isObject() ? new Block(used, "UsedConfig.configuration") : Block.NONE);
        var languages = Stream.of(
                        new Block(configuration.node().path("languages"), join(configuration.path(), "languages")),
                        new Block(root.path("ConversationRelay").path("Languages"), "ConversationRelay.Languages"),
                        new Block(root.path("Languages"), "Languages"))
                .filter(block -> !block.node().isMissingNode() && !block.node().isNull())
                .filter(block -> block.node().isValueNode() || !block.node().isEmpty())
                .findFirst()
                .orElse(Block.NONE);
        return new RelayReader(faults, warnings).read(configuration, languages);
    }

    private void checkLoader(List<String> warnings) {
        for (var parent : PARENTS) {
            var type = faults.text(block("", parent).node(), parent, "assetLoaderType");
            if (type != null && AssetLoaderType.named(type).isEmpty()) {
                faults.add(
                        "assetLoaderType",
                        type,
                        "is no asset loader that this server has",
                        "write one of " + AssetLoaderType.all());
            }
        }
        root.path("AssetLoader").fieldNames().forEachRemaining(name -> {
            if (!LOADER_NAMES.contains(name)) {
                warnings.add("AssetLoader." + name + " is not known and left out; the nearest known one is "
                        + NearestName.of(name, LOADER_NAMES));
            }
        });
    }

    private @Nullable String activeKey(List<String> names) {
        var found = new ArrayList<String>();
        for (var parent : PARENTS) {
            for (var name : names) {
                var value = key(faults.text(root.path(parent), parent, name));
                if (value != null && !found.contains(value)) {
                    found.add(value);
                }
            }
        }
        if (found.size() > 1) {
            faults.add(
                    String.join(", ", names),
                    String.join(" and ", found),
                    "are names of one setting with different values",
                    "keep AssetLoader." + names.getFirst());
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private boolean enabled(Block block, boolean otherwise) {
        var node = block.node().path("enabled");
        if (node.isMissingNode() || node.isBoolean()) {
            return node.asBoolean(otherwise);
        }
        if (node.asText().equals("true") || node.asText().equals("false")) {
            return node.asText().equals("true");
        }
        faults.add(join(block.path(), "enabled"), shown(node), "is neither true nor false", "write true or false");
        return otherwise;
    }

    private Duration threshold(Block block, Duration otherwise) {
        var node = block.node().path("secondsThreshold");
        if (node.isMissingNode()) {
            return otherwise;
        }
        try {
            var seconds = new BigDecimal(node.asText());
            if (seconds.signum() > 0 && seconds.compareTo(BigDecimal.valueOf(86_400)) <= 0) {
                return Duration.ofMillis(
                        seconds.multiply(BigDecimal.valueOf(1_000)).longValue());
            }
        } catch (NumberFormatException e) {
            // Falls through to the fault, which is the same.
        }
        faults.add(
                join(block.path(), "secondsThreshold"),
                shown(node),
                "is no number of seconds above 0 and up to a day",
                "write a number such as 20");
        return otherwise;
    }

    private List<String> messages(Block block, List<String> otherwise) {
        var array = faults.array(block.node(), block.path(), "messages");
        if (array.isMissingNode()) {
            return otherwise;
        }
        var messages = new ArrayList<String>();
        for (var message : array) {
            if (!message.isTextual() || message.asText().isBlank()) {
                faults.add(
                        join(block.path(), "messages[" + messages.size() + "]"),
                        shown(message),
                        "is no text to say",
                        "write words between double quotes");
            }
            messages.add(message.asText());
        }
        return messages;
    }

    private Block block(String parent, String name) {
        var within = parent.isEmpty() ? root : faults.object(root, "", parent);
        return new Block(faults.object(within, parent, name), join(parent, name));
    }

    private static Block first(Block... blocks) {
        return Stream.of(blocks)
                .filter(block -> !block.node().isMissingNode())
                .findFirst()
                .orElse(Block.NONE);
    }

    /** A part of the file and where it stands. */
    record Block(JsonNode node, String path) {
        static final Block NONE = new Block(MissingNode.getInstance(), "");
    }
}
