package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asset service: answers who answers a call, and keeps the operator's assets. It answers from memory; changes and what the store has
 * told of come one after another. A node runs one.
 */
public final class AssetVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(AssetVerticle.class);

    /** How long a broken asset may be half written before it is reported. */
    private static final long SETTLING_MILLIS = 500;

    private static final int PUTS = 5;

    private final AssetSource source;
    private final AgentRules rules;
    private @Nullable AgentBook book;
    private Future<?> last = Future.succeededFuture();
    private boolean isReloadDue;

    /** The service of this store, which it closes. */
    public AssetVerticle(AssetSource source, AgentRules rules) {
        this.source = source;
        this.rules = rules;
    }

    @Override
    public Future<?> start() {
        return source.read()
                .compose(raw -> vertx.executeBlocking(() -> AgentBook.first(raw, rules)))
                .compose(first -> {
                    adopt(first);
                    source.onChange(this::changed);
                    return Future.all(
                            AssetBus.CHOOSE.serve(vertx, this::choose),
                            AssetBus.FIND.serve(vertx, this::find),
                            AssetBus.READ.serve(vertx, this::read),
                            AssetBus.PUT.serve(vertx, put -> inTurn(() -> put(put))),
                            AssetBus.DELETE.serve(vertx, delete -> inTurn(() -> delete(delete))));
                })
                .recover(cause -> source.close().transform(closed -> Future.failedFuture(cause)));
    }

    @Override
    public Future<?> stop() {
        return source.close();
    }

    private Future<AssetProtocol.Chosen> choose(AssetProtocol.Choose call) {
        return Future.succeededFuture(new AssetProtocol.Chosen(book().choose(call.number(), call.parameters())));
    }

    private Future<AssetProtocol.Found> find(AssetProtocol.Find wanted) {
        try {
            return Future.succeededFuture(book().find(wanted.contextKey(), wanted.manifestKey()));
        } catch (BusException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<AssetProtocol.Listing> read(AssetProtocol.Read wanted) {
        return Future.succeededFuture(new AssetProtocol.Listing(book().raw().texts(wanted.kind())));
    }

    private Future<AssetProtocol.Stored> put(AssetProtocol.Put put) {
        return put(put, 1).onFailure(cause -> changed());
    }

    /** Somebody else may write at the same time: then it is looked at what he wrote, and tried again. */
    private Future<AssetProtocol.Stored> put(AssetProtocol.Put put, int attempt) {
        return texts().compose(raw -> vertx.executeBlocking(
                                () -> new AssetTexts(book(), raw).toStore(put.kind(), put.texts()))
                        .compose(texts -> source.put(put.kind(), texts)
                                .compose(stored -> inForce(raw.with(put.kind(), texts), texts.keySet()))))
                .onSuccess(stored -> log.info("assets stored [kind: {}, keys: {}]", put.kind(), stored.keys()))
                .recover(cause -> Failure.of(cause) == Failure.CONFLICT && attempt < PUTS
                        ? put(put, attempt + 1)
                        : Future.failedFuture(cause));
    }

    private Future<AssetProtocol.Stored> delete(AssetProtocol.Delete delete) {
        return texts().compose(raw -> {
                    new AssetTexts(book(), raw).checkDelete(delete.kind(), delete.key());
                    return source.delete(delete.kind(), delete.key())
                            .compose(gone -> inForce(raw.without(delete.kind(), delete.key()), List.of(delete.key())));
                })
                .onFailure(cause -> changed())
                .onSuccess(stored -> log.info("asset deleted [kind: {}, keys: {}]", delete.kind(), stored.keys()));
    }

    /** The texts as they are kept now, which may be newer than the book. */
    private Future<RawAssets> texts() {
        return source.read()
                .recover(cause -> Future.failedFuture(
                        cause instanceof BusException
                                ? cause
                                : new BusException(
                                        Failure.UNAVAILABLE, "the assets can't be read: " + firstLine(cause))));
    }

    private Future<AssetProtocol.Stored> inForce(RawAssets raw, Iterable<String> keys) {
        var named = new ArrayList<String>();
        keys.forEach(named::add);
        return compiled(raw).map(next -> {
            adopt(next);
            return new AssetProtocol.Stored(named);
        });
    }

    private void changed() {
        if (!isReloadDue) {
            isReloadDue = true;
            inTurn(() -> {
                        isReloadDue = false;
                        return reload();
                    })
                    .onSuccess(this::adopt)
                    .onFailure(cause ->
                            log.warn("assets can't be read and stay as they were [cause: {}]", firstLine(cause)));
        }
    }

    /** The book of the texts as they are now; of a text that is broken since a moment ago a second look is taken. */
    private Future<AgentBook> reload() {
        return source.read().compose(this::compiled).compose(next -> {
            if (book().faults().containsAll(next.faults())) {
                return Future.succeededFuture(next);
            }
            return vertx.timer(SETTLING_MILLIS)
                    .compose(settled -> source.read())
                    .compose(this::compiled);
        });
    }

    private Future<AgentBook> compiled(RawAssets raw) {
        var now = book();
        return vertx.executeBlocking(() -> now.next(raw));
    }

    /** Has calls answered by this book from now on, and reports what is wrong in it and wasn't in the one before. */
    private void adopt(AgentBook next) {
        var before = book;
        book = next;
        next.faults().stream()
                .filter(fault -> before == null || !before.faults().contains(fault))
                .forEach(fault -> log.error(
                        "an asset is broken and stays as it was before, if it was there [at: {}, part: {}, problem: {}, remedy: {}]",
                        fault.origin(),
                        fault.key(),
                        fault.problem(),
                        fault.remedy()));
        next.warnings().stream()
                .filter(warning -> before == null || !before.warnings().contains(warning))
                .forEach(warning -> log.warn("an asset is doubtful [doubt: {}]", warning));
        if (before != null && !before.faults().isEmpty() && next.faults().isEmpty()) {
            log.info("all assets are good again");
        }
        if (before != null && !before.raw().equals(next.raw())) {
            log.info(
                    "assets changed [contexts: {}, manifests: {}]",
                    next.parts().contexts().size(),
                    next.parts().manifests().size());
        }
    }

    /** Runs after what was asked for before, be it to the good or not. */
    private <T> Future<T> inTurn(Supplier<Future<T>> work) {
        Future<T> next = last.transform(before -> work.get());
        last = next;
        return next;
    }

    private AgentBook book() {
        if (book == null) {
            throw new IllegalStateException("not started");
        }
        return book;
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).replace('\n', ' ');
    }
}
