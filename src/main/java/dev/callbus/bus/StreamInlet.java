package dev.callbus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a {@link Stream}. Not thread-safe: it is used on the context that made it.
 *
 * <p>After {@link #cancel} nothing arrives for that stream any more, whatever is still under way.
 */
public final class StreamInlet<Q extends Protocol, M extends Protocol> {
    private final Vertx vertx;
    private final Stream<Q, M> stream;
    private final String sink;
    private final StreamHandler<M> handler;
    private final Map<Long, Flow> flows = new HashMap<>();

    StreamInlet(Vertx vertx, Stream<Q, M> stream, String sink, StreamHandler<M> handler) {
        this.vertx = vertx;
        this.stream = stream;
        this.sink = sink;
        this.handler = handler;
    }

    Future<Registration> start() {
        return stream.to(sink).serve(vertx, this::receive);
    }

    /** Asks for a stream; {@code id} is chosen by the caller and not used twice. */
    public void open(long id, Q question) {
        var flow = new Flow();
        flows.put(id, flow);
        stream.opening()
                .send(vertx, new StreamProtocol.Open(sink, id, stream.window(), question))
                .onSuccess(opened -> opened(id, flow, opened.control()))
                .onFailure(cause -> end(id, BusException.at(stream.address(), cause)));
    }

    /** Gives up a stream; does nothing when it is over. */
    public void cancel(long id) {
        var flow = flows.remove(id);
        if (flow != null) {
            flow.cancelled = true;
            if (flow.control != null) {
                stream.to(flow.control).send(vertx, new StreamProtocol.Cancel(sink, id));
            }
        }
    }

    private void opened(long id, Flow flow, String control) {
        flow.control = control;
        if (flow.cancelled) {
            stream.to(control).send(vertx, new StreamProtocol.Cancel(sink, id));
        } else {
            grant(id, flow);
        }
    }

    @SuppressWarnings("unchecked") // the question's type fixes the type of its items
    private void receive(StreamProtocol message) {
        switch (message) {
            case StreamProtocol.Item item -> {
                var flow = flows.get(item.id());
                if (flow != null) {
                    flow.taken++;
                    grant(item.id(), flow);
                    handler.item(item.id(), (M) item.payload());
                }
            }
            case StreamProtocol.Ended ended -> {
                var failure = ended.failure();
                end(ended.id(), failure == null ? null : new BusException(failure, ended.message()));
            }
            case StreamProtocol.Open open -> throw unexpected(open);
            case StreamProtocol.Opened opened -> throw unexpected(opened);
            case StreamProtocol.Credit credit -> throw unexpected(credit);
            case StreamProtocol.Cancel cancel -> throw unexpected(cancel);
        }
    }

    private void grant(long id, Flow flow) {
        if (flow.control != null && flow.taken >= Math.max(1, stream.window() / 2)) {
            stream.to(flow.control).send(vertx, new StreamProtocol.Credit(sink, id, flow.taken));
            flow.taken = 0;
        }
    }

    private void end(long id, @Nullable BusException cause) {
        if (flows.remove(id) != null) {
            handler.ended(id, cause);
        }
    }

    private static IllegalArgumentException unexpected(StreamProtocol message) {
        return new IllegalArgumentException(
                "not for a sink: " + message.getClass().getSimpleName());
    }

    /** One open stream. */
    private static final class Flow {
        @Nullable
        String control;

        boolean cancelled;
        int taken;
    }
}
