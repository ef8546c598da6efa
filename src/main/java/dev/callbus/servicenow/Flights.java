package dev.callbus.servicenow;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What is being done right now, so that who asks for the same meanwhile gets the same result. For one event loop. */
final class Flights<T> {
    private final Map<String, Future<T>> flying = new HashMap<>();

    /** The result of what is done under this name, or else of this. */
    Future<T> join(String name, Supplier<Future<T>> start) {
        var current = flying.get(name);
        if (current != null) {
            return current;
        }
        var started = start.get();
        if (!started.isComplete()) {
            flying.put(name, started);
            started.onComplete(over -> flying.remove(name));
        }
        return started;
    }
}
