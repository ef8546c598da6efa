package dev.callbus.channel.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.asset.AssetBus;
import dev.callbus.asset.AssetKind;
import dev.callbus.asset.AssetProtocol;
import dev.callbus.config.ApiSettings.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The API's part that reads and changes contexts, tool manifests and the server configuration: {@code /api/sync/…}. */
public final class AssetApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONTEXTS = "/api/sync/context";
    private static final String MANIFESTS = "/api/sync/toolmanifest";
    private static final String CONFIG = "/api/sync/serverconfig";
    private static final String USED = "/api/sync/usedconfig";

    private final Vertx vertx;

    public AssetApi(Vertx vertx) {
        this.vertx = vertx;
    }

    public void addTo(Api api) {
        addTo(api, CONTEXTS, AssetKind.CONTEXT, "contexts");
        addTo(api, MANIFESTS, AssetKind.MANIFEST, "manifests");
        api.serve(HttpMethod.GET, CONFIG, Scope.ASSETS, request -> serverConfig());
        api.serve(HttpMethod.POST, CONFIG, Scope.ASSETS, request -> configure(request.body()));
        api.serve(HttpMethod.GET, USED, Scope.ASSETS, request -> used());
        api.serve(HttpMethod.POST, USED, Scope.ASSETS, this::use);
    }

    private void addTo(Api api, String path, AssetKind kind, String plural) {
        api.serve(HttpMethod.GET, path, Scope.ASSETS, request -> list(kind, plural));
        api.serve(HttpMethod.POST, path, Scope.ASSETS, request -> put(kind, texts(kind, request.body())));
        api.serve(HttpMethod.DELETE, path, Scope.ASSETS, request -> {
            if (request.query("key") == null) {
                throw ApiRefusal.field("key", "key is missing: DELETE " + path + "?key=KEY or " + path + "/KEY");
            }
            return delete(kind, String.valueOf(request.query("key")));
        });
        api.serve(HttpMethod.GET, path + "/:key", Scope.ASSETS, request -> find(kind, key(request)));
        api.serve(HttpMethod.DELETE, path + "/:key", Scope.ASSETS, request -> delete(kind, key(request)));
    }

    private Future<ObjectNode> list(AssetKind kind, String plural) {
        return AssetBus.READ.send(vertx, new AssetProtocol.Read(kind)).map(listing -> {
            var json = success();
            var members = json.putObject(plural);
            listing.texts().forEach((key, text) -> members.set(key, shown(kind, text)));
            return json;
        });
    }

    private Future<ObjectNode> find(AssetKind kind, String key) {
        return AssetBus.READ.send(vertx, new AssetProtocol.Read(kind)).map(listing -> {
            var text = listing.texts().get(key);
            if (text == null) {
                var what = kind == AssetKind.CONTEXT ? "Context" : "Tool manifest";
                throw new ApiRefusal(404, "key", what + " not found for key: " + key);
            }
            var json = success();
            json.set(key, shown(kind, text));
            return json;
        });
    }

    /** A context is a text; manifests are objects. */
    private static Map<String, String> texts(AssetKind kind, ObjectNode body) {
        if (body.isEmpty()) {
            throw new ApiRefusal(400, null, "the body names nothing: write { \"KEY\": … }");
        }
        var texts = new LinkedHashMap<String, String>();
        body.fields().forEachRemaining(entry -> {
            var value = entry.getValue();
            boolean fits = kind == AssetKind.CONTEXT ? value.isTextual() : value.isObject();
            if (!fits) {
                var expected = kind == AssetKind.CONTEXT ? "a text" : "an object with tools";
                throw ApiRefusal.field(entry.getKey(), entry.getKey() + " must be " + expected);
            }
            texts.put(entry.getKey(), kind == AssetKind.CONTEXT ? value.textValue() : value.toPrettyString());
        });
        return texts;
    }

    private Future<ObjectNode> put(AssetKind kind, Map<String, String> texts) {
        return AssetBus.PUT.send(vertx, new AssetProtocol.Put(kind, texts)).map(stored -> stored(stored.keys()));
    }

    private Future<ObjectNode> delete(AssetKind kind, String key) {
        return AssetBus.DELETE.send(vertx, new AssetProtocol.Delete(kind, key)).map(stored -> stored(stored.keys()));
    }

    private Future<JsonNode> serverConfig() {
        return AssetBus.READ
                .send(vertx, new AssetProtocol.Read(AssetKind.SERVER_CONFIG))
                .map(listing -> parse(listing.texts().getOrDefault(AssetKind.SERVER_CONFIG_KEY, "{}")))
                .map(json -> {
                    if (!json.isObject()) {
                        throw new ApiRefusal(
                                409, null, "serverConfig is broken at the moment; its last good version is in force");
                    }
                    return json;
                });
    }

    private Future<ObjectNode> configure(ObjectNode body) {
        return put(AssetKind.SERVER_CONFIG, Map.of(AssetKind.SERVER_CONFIG_KEY, body.toString()));
    }

    private Future<ObjectNode> use(ApiRequest request) {
        var context = request.text(200, "context", "contextKey", "contextName", "activeContextKey");
        var manifest = request.text(200, "manifest", "manifestKey", "manifestName", "activeManifestKey");
        if (context == null && manifest == null) {
            throw ApiRefusal.field("context", "at least one of context and manifest is required");
        }
        var config = JSON.createObjectNode();
        var loader = config.putObject("AssetLoader");
        if (context != null) {
            loader.put("activeContextKey", context);
        }
        if (manifest != null) {
            loader.put("activeManifestKey", manifest);
        }
        return configure(config);
    }

    /** The agent that answers where nothing else is named: what the configuration overrides is in it. */
    private Future<ObjectNode> used() {
        return AssetBus.CHOOSE
                .send(vertx, new AssetProtocol.Choose("", Map.of()))
                .map(chosen -> success()
                        .put("context", chosen.profile().context().key())
                        .put("manifest", chosen.profile().manifest().key()));
    }

    private static JsonNode shown(AssetKind kind, String text) {
        return kind == AssetKind.CONTEXT ? JSON.getNodeFactory().textNode(text) : parse(text);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(json);
        }
    }

    private static String key(ApiRequest request) {
        return Objects.requireNonNull(request.path("key"));
    }

    private static ObjectNode stored(List<String> keys) {
        var json = success();
        var array = json.putArray("keys");
        keys.forEach(array::add);
        return json;
    }

    private static ObjectNode success() {
        return JSON.createObjectNode().put("success", true);
    }
}
