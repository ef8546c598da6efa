package dev.callbus.bus;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.function.Consumer;

/** A look at the messages themselves, questions and answers alike, for tests that search them; {@link BusTap} shows none. */
public final class WireTap {

    private WireTap() {}

    /** Shows this everything that is sent on the bus from now on, on the sender's thread. */
    public static void open(Vertx vertx, Consumer<Object> observer) {
        Handler<DeliveryContext<Object>> interceptor = delivery -> {
            try {
                if (delivery.body() != null) {
                    observer.accept(delivery.body());
                }
            } finally {
                delivery.next();
            }
        };
        vertx.eventBus().addOutboundInterceptor(interceptor);
    }
}
