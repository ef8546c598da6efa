package dev.callbus;

import dev.callbus.asset.MemorySource;
import dev.callbus.asset.RawAssets;
import dev.callbus.config.CallSettings.SilenceSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Makes assets that a test has in its hands. */
final class MemoryAssets {
    private MemoryAssets() {}

    /** One agent with these relay attributes. */
    static MemorySource of(String context, List<String> tools, Map<String, String> relay, SilenceSettings silence) {
        var manifest = new JsonArray();
        tools.forEach(
                tool -> manifest.add(new JsonObject().put("type", "function").put("name", tool)));
        var configuration = new JsonObject();
        relay.forEach(configuration::put);
        var config = new JsonObject()
                .put(
                        "ConversationRelay",
                        new JsonObject()
                                .put("Configuration", configuration)
                                .put(
                                        "SilenceDetection",
                                        new JsonObject()
                                                .put("enabled", silence.enabled())
                                                .put(
                                                        "secondsThreshold",
                                                        silence.threshold().toMillis() / 1000.0)
                                                .put("messages", new JsonArray(silence.messages()))));
        return new MemorySource(new RawAssets(
                "memory",
                Map.of("defaultContext", context),
                Map.of(
                        "defaultToolManifest",
                        new JsonObject().put("tools", manifest).encode()),
                config.encode()));
    }
}
