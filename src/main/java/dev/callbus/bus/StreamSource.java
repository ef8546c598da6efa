package dev.callbus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The serving end of a {@link Stream}: opens an outlet for each question and passes it credit and cancellation. */
final class StreamSource<Q extends Protocol, M extends Protocol> {
    private final Vertx vertx;
    private final Stream<Q, M> stream;
    private final String control;
    private final BiConsumer<Q, StreamOutlet<M>> handler;
    private final Map<Key, StreamOutlet<M>> outlets = new HashMap<>();

    StreamSource(Vertx vertx, Stream<Q, M> stream, String control, BiConsumer<Q, StreamOutlet<M>> handler) {
        this.vertx = vertx;
        this.stream = stream;
        this.control = control;
        this.handler = handler;
    }

    Future<Registration> start() {
        return stream.to(control)
                .serve(vertx, this::steer)
                .compose(controlled -> stream.opening()
                        .serve(vertx, this::open)
                        .map(opening -> () -> opening.close().eventually(controlled::close)));
    }

    @SuppressWarnings("unchecked") // only the stream's own inlets send to its address
    private Future<StreamProtocol.Opened> open(StreamProtocol.Open open) {
        var key = new Key(open.sink(), open.id());
        var outlet =
                new StreamOutlet<M>(vertx, stream.to(open.sink()), open.id(), open.credit(), () -> outlets.remove(key));
        outlets.put(key, outlet);
        try {
            handler.accept((Q) open.question(), outlet);
        } catch (RuntimeException e) {
            outlets.remove(key);
            throw e;
        }
        return Future.succeededFuture(new StreamProtocol.Opened(control));
    }

    private void steer(StreamProtocol message) {
        switch (message) {
            case StreamProtocol.Credit credit -> {
                var outlet = outlets.get(new Key(credit.sink(), credit.id()));
                if (outlet != null) {
                    outlet.credit(credit.items());
                }
            }
            case StreamProtocol.Cancel cancel -> {
                var outlet = outlets.get(new Key(cancel.sink(), cancel.id()));
                if (outlet != null) {
                    outlet.cancel();
                }
            }
            case StreamProtocol.Open open -> throw unexpected(open);
            case StreamProtocol.Opened opened -> throw unexpected(opened);
            case StreamProtocol.Item item -> throw unexpected(item);
            case StreamProtocol.Ended ended -> throw unexpected(ended);
        }
    }

    private static IllegalArgumentException unexpected(StreamProtocol message) {
        return new IllegalArgumentException(
                "not for a source: " + message.getClass().getSimpleName());
    }

    /** One stream of one sink. */
    private record Key(String sink, long id) {}
}
