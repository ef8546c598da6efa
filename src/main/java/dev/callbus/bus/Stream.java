package dev.callbus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * A question whose answer is a sequence of items with back-pressure: the sender stops when the receiver's credit is used
 * up, because the bus itself drops what a slow consumer doesn't take.
 *
 * @param timeout for the opening; how long the items may take is for the two ends to decide
 * @param window how many items may be under way
 */
public record Stream<Q extends Protocol, M extends Protocol>(
        String address, Reach reach, Duration timeout, int window) {

    /**
     * The receiving end, which listens at {@code sink} and serves any number of streams, one after the other or at once.
     * Its handlers run on the context that calls this method.
     */
    public Future<StreamInlet<Q, M>> inlet(Vertx vertx, String sink, StreamHandler<M> handler) {
        var inlet = new StreamInlet<Q, M>(vertx, this, sink, handler);
        return inlet.start().map(inlet);
    }

    /** Answers such questions from now on, each through an outlet of its own. */
    public Future<Registration> serve(Vertx vertx, BiConsumer<Q, StreamOutlet<M>> handler) {
        var control = address + ".control." + UUID.randomUUID();
        var source = new StreamSource<Q, M>(vertx, this, control, handler);
        return source.start();
    }

    Ask<StreamProtocol.Open, StreamProtocol.Opened> opening() {
        return new Ask<>(address, reach, timeout);
    }

    Tell<StreamProtocol> to(String end) {
        return new Tell<>(end, reach);
    }
}
