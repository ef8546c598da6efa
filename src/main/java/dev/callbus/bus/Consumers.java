package dev.callbus.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the exchanges of this package listen at an address. */
final class Consumers {
    private static final Logger log = LoggerFactory.getLogger(Consumers.class);

    private Consumers() {}

    static <B> Future<Registration> register(Vertx vertx, String address, Reach reach, Handler<Message<B>> handler) {
        var bus = vertx.eventBus();
        MessageConsumer<B> consumer = reach == Reach.NODE ? bus.localConsumer(address) : bus.consumer(address);
        consumer.handler(handler);
        return consumer.completion().map(consumer::unregister);
    }

    /** Reports a handler that threw, without the message's contents. */
    static void logFailure(String address, Object body, RuntimeException cause) {
        log.error(
                "message handler failed [address: {}, message: {}]",
                address,
                body.getClass().getSimpleName(),
                cause);
    }
}
