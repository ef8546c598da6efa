package dev.callbus.asset;

import io.vertx.core.Future;
import java.util.Map;

/** Assets in memory, which nobody else changes and which are gone with it. */
public final class MemorySource implements AssetSource {
    private RawAssets texts;
    private Runnable listener = () -> {};

    /** @param texts what it begins with */
    public MemorySource(RawAssets texts) {
        this.texts = texts;
    }

    @Override
    public Future<RawAssets> read() {
        return Future.succeededFuture(texts);
    }

    @Override
    public Future<Void> put(AssetKind kind, Map<String, String> added) {
        return become(texts.with(kind, added));
    }

    @Override
    public Future<Void> delete(AssetKind kind, String key) {
        return become(texts.without(kind, key));
    }

    @Override
    public void onChange(Runnable told) {
        listener = told;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private Future<Void> become(RawAssets changed) {
        texts = changed;
        listener.run();
        return Future.succeededFuture();
    }
}
