package dev.callbus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.function.Consumer;

/** An announcement to whoever listens, be it nobody. */
public record Topic<M extends Protocol>(String address, Reach reach) {

    public void publish(Vertx vertx, M message) {
        vertx.eventBus().publish(address, message, new DeliveryOptions().setLocalOnly(reach == Reach.NODE));
    }

    /** Listens from now on; an exception of the handler is logged and ends nothing but that message. */
    public Future<Registration> subscribe(Vertx vertx, Consumer<M> handler) {
        return Consumers.register(vertx, address, reach, (Message<M> message) -> {
            try {
                handler.accept(message.body());
            } catch (RuntimeException e) {
                Consumers.logFailure(address, message.body(), e);
            }
        });
    }
}
