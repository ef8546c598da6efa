package dev.callbus;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Looks at something again and again, where it may block, until its Vert.x closes. */
final class Lookout<T> extends VerticleBase {
    private final long everyMillis;
    private final Callable<T> look;
    private final Consumer<T> seen;

    Lookout(long everyMillis, Callable<T> look, Consumer<T> seen) {
        this.everyMillis = everyMillis;
        this.look = look;
        this.seen = seen;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(everyMillis, again -> vertx.executeBlocking(look).onSuccess(seen::accept));
        return Future.succeededFuture();
    }
}
