package dev.callbus.asset;

import static dev.callbus.asset.JsonFaults.join;
import static dev.callbus.asset.JsonFaults.shown;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigFault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code serverConfig.json}, whatever release's names it uses: {@code SilenceDetection} or {@code silenceDetection},
 * {@code activeContextKey}, {@code contextName} or {@code context}, {@code AssetLoader} or {@code UsedConfig}.
 */
final class ServerConfigFile {
    private final JsonNode root;
    private final JsonFaults faults;
    private final RelaySettings relay;

    /** Reads the file's text; faults and warnings are added to these lists. */
    ServerConfigFile(Path file, String text, List<ConfigFault> faults, List<String> warnings) {
        this.faults = new JsonFaults(file, faults);
        this.root = this.faults.parse(text);
        this.relay = readRelay(warnings);
        checkLoader();
    }

    /** What Twilio is told about speech. */
    RelaySettings relay() {
        return relay;
    }

    /** Whether the agent only listens. */
    boolean listenMode() {
        return root.at("/Server/ListenMode/enabled").asBoolean()
                || root.at("/UsedConfig/listenMode/enabled").asBoolean();
    }

    /** The key of the active context, or null if none is named. */
    @Nullable
    String contextKey() {
        return activeKey("activeContextKey", "contextName", "context");
    }

    /** The key of the active tool manifest, or null if none is named. */
    @Nullable
    String manifestKey() {
        return activeKey("activeManifestKey", "manifestName", "manifest");
    }

    /** The silence settings, where what the file leaves out is taken from these. */
    SilenceSettings silence(SilenceSettings otherwise) {
        var block = first(
                block("ConversationRelay", "SilenceDetection"),
                block("ConversationRelay", "silenceDetection"),
                block("", "SilenceDetection"),
                block("", "silenceDetection"),
                block("UsedConfig", "silenceDetection"));
        return new SilenceSettings(
                enabled(block, otherwise.enabled()),
                threshold(block, otherwise.threshold()),
                messages(block, otherwise.messages()));
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

    private void checkLoader() {
        var type = Stream.of("AssetLoader", "UsedConfig")
                .map(name -> faults.text(block("", name).node(), name, "assetLoaderType"))
                .toList();
        for (var each : type) {
            if (each != null && !each.equals("file")) {
                faults.add("assetLoaderType", each, "is no asset loader that this server has", "write \"file\"");
            }
        }
    }

    private @Nullable String activeKey(String... names) {
        var found = new ArrayList<String>();
        for (var parent : List.of("AssetLoader", "UsedConfig")) {
            for (var name : names) {
                var value = faults.text(root.path(parent), parent, name);
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
                    "keep AssetLoader." + names[0]);
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
