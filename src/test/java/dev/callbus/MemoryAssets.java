package dev.callbus;

import dev.callbus.asset.AssetKind;
import dev.callbus.asset.AssetSource;
import dev.callbus.asset.RawAssets;
import dev.callbus.config.CallSettings.SilenceSettings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Assets that a test has in its hands. */
final class MemoryAssets implements AssetSource {
    private RawAssets raw;
    private Runnable listener = () -> {};

    MemoryAssets(RawAssets raw) {
        this.raw = raw;
    }

    /** One agent with these relay attributes. */
    static MemoryAssets of(String context, List<String> tools, Map<String, String> relay, SilenceSettings silence) {
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
        return new MemoryAssets(new RawAssets(
                "memory",
                Map.of("defaultContext", context),
                Map.of(
                        "defaultToolManifest",
                        new JsonObject().put("tools", manifest).encode()),
                config.encode()));
    }

    @Override
    public Future<RawAssets> read() {
        return Future.succeededFuture(raw);
    }

    @Override
    public Future<Void> put(AssetKind kind, Map<String, String> texts) {
        var contexts = new HashMap<>(raw.contexts());
        var manifests = new HashMap<>(raw.manifests());
        var config = raw.serverConfig();
        switch (kind) {
            case CONTEXT -> contexts.putAll(texts);
            case MANIFEST -> manifests.putAll(texts);
            case SERVER_CONFIG -> config = texts.getOrDefault(AssetKind.SERVER_CONFIG_KEY, config);
        }
        raw = new RawAssets("memory", contexts, manifests, config);
        listener.run();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> delete(AssetKind kind, String key) {
        return Future.failedFuture("not needed");
    }

    @Override
    public void onChange(Runnable runnable) {
        listener = runnable;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
