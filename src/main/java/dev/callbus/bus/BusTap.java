package dev.callbus.bus;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.function.Consumer;

/**
 * A look at everything that is sent on this node's bus: which message went where. It carries type names only, never
 * contents, and adds nothing to the bus while it is closed.
 */
public final class BusTap {
    private final Vertx vertx;
    private final Handler<DeliveryContext<Object>> interceptor;

    private BusTap(Vertx vertx, Handler<DeliveryContext<Object>> interceptor) {
        this.vertx = vertx;
        this.interceptor = interceptor;
    }

    /** Opens a tap; {@code observer} is called on the sender's thread, must be quick and should not send. */
    public static BusTap open(Vertx vertx, Consumer<Tapped> observer) {
        Handler<DeliveryContext<Object>> interceptor = delivery -> {
            try {
                var message = delivery.message();
                var body = delivery.body();
                var type = body == null ? "" : body.getClass().getSimpleName();
                observer.accept(new Tapped(message.address(), message.isSend(), type));
            } finally {
                delivery.next();
            }
        };
        vertx.eventBus().addOutboundInterceptor(interceptor);
        return new BusTap(vertx, interceptor);
    }

    public void close() {
        vertx.eventBus().removeOutboundInterceptor(interceptor);
    }

    /**
     * One message that was sent.
     *
     * @param send false for a publication
     * @param type the simple name of the message's type
     */
    public record Tapped(String address, boolean send, String type) {}
}
