package dev.callbus.bus;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A look at the very messages on this node's bus, for tests of conversations: unlike {@link BusTap} it shows contents, so no server
 * opens one.
 */
public final class BusWatch implements AutoCloseable {
    private final Vertx vertx;
    private final Handler<DeliveryContext<Object>> interceptor;

    private BusWatch(Vertx vertx, Handler<DeliveryContext<Object>> interceptor) {
        this.vertx = vertx;
        this.interceptor = interceptor;
    }

    /** Opens it; {@code observer} is called on the sender's thread, must be quick and should not send. */
    public static BusWatch open(Vertx vertx, Consumer<Seen> observer) {
        Handler<DeliveryContext<Object>> interceptor = delivery -> {
            try {
                if (delivery.body() instanceof Protocol body) {
                    var message = delivery.message();
                    observer.accept(new Seen(message.address(), message.replyAddress(), message.isSend(), body));
                }
            } finally {
                delivery.next();
            }
        };
        vertx.eventBus().addOutboundInterceptor(interceptor);
        return new BusWatch(vertx, interceptor);
    }

    @Override
    public void close() {
        vertx.eventBus().removeOutboundInterceptor(interceptor);
    }

    /**
     * One message that was sent.
     *
     * @param replyTo where the answer goes, or null if none is wanted
     * @param send false for a publication
     */
    public record Seen(String address, @Nullable String replyTo, boolean send, Protocol body) {}
}
