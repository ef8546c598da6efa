package dev.callbus.bus;

import io.vertx.core.Future;

/** A consumer that listens at an address. Consumers made in a verticle end with it by themselves. */
@FunctionalInterface
public interface Registration {

    /** Stops listening; messages that arrive later are not delivered. */
    Future<Void> close();
}
