package dev.callbus.channel.api;

import dev.callbus.asset.AssetBus;
import dev.callbus.asset.AssetProtocol;
import dev.callbus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The context and the tool manifest that a request names, under any of the names that these fields ever had.
 *
 * @param context its key, or null if none is named
 * @param manifest its key, or null if none is named
 */
public record AgentNames(@Nullable String context, @Nullable String manifest) {

    /** What these parameters name. */
    public static AgentNames of(Map<String, String> parameters) {
        return new AgentNames(
                first(AssetProtocol.Choose.CONTEXT, parameters), first(AssetProtocol.Choose.MANIFEST, parameters));
    }

    boolean isEmpty() {
        return context == null && manifest == null;
    }

    /** Finds them; fails with a refusal that names the field if one isn't there. */
    public Future<AssetProtocol.Found> find(Vertx vertx) {
        return AssetBus.FIND
                .send(vertx, new AssetProtocol.Find(context, manifest))
                .recover(cause -> {
                    var message = String.valueOf(cause.getMessage());
                    return Future.failedFuture(
                            Failure.of(cause) == Failure.NOT_FOUND
                                    ? ApiRefusal.field(
                                            message.startsWith("Context") ? "contextKey" : "manifestKey", message)
                                    : cause);
                });
    }

    private static @Nullable String first(List<String> names, Map<String, String> parameters) {
        return names.stream()
                .map(name -> parameters.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
