package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import io.vertx.core.Future;
import java.util.Map;

/** A store that has nothing and takes nothing. */
final class NoAssets implements AssetSource {
    @Override
    public Future<RawAssets> read() {
        return Future.succeededFuture(new RawAssets("nowhere", Map.of(), Map.of(), "{}"));
    }

    @Override
    public Future<Void> put(AssetKind kind, Map<String, String> texts) {
        return Future.failedFuture(new BusException(Failure.UNAVAILABLE, "nothing can be stored here"));
    }

    @Override
    public Future<Void> delete(AssetKind kind, String key) {
        return Future.failedFuture(new BusException(Failure.UNAVAILABLE, "nothing can be deleted here"));
    }

    @Override
    public void onChange(Runnable listener) {}

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
