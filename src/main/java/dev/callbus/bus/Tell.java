package dev.callbus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.function.Consumer;

/** A one-way message to one listener. Messages of one sender arrive in the order in which they were sent. */
public record Tell<M extends Protocol>(String address, Reach reach) {

    /** Sends; fails with {@link Failure#UNAVAILABLE} when nobody listens. Success means "delivered", not "done". */
    public Future<Void> send(Vertx vertx, M message) {
        return vertx.eventBus()
                .<M>sender(address, new DeliveryOptions().setLocalOnly(reach == Reach.NODE))
                .write(message)
                .recover(cause -> Future.failedFuture(BusException.at(address, cause)));
    }

    /** Listens from now on; an exception of the handler is logged and ends nothing but that message. */
    public Future<Registration> serve(Vertx vertx, Consumer<M> handler) {
        return Consumers.register(vertx, address, reach, (Message<M> message) -> {
            try {
                handler.accept(message.body());
            } catch (RuntimeException e) {
                Consumers.logFailure(address, message.body(), e);
            }
        });
    }
}
