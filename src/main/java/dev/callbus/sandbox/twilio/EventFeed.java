package dev.callbus.sandbox.twilio;

import dev.callbus.time.LoopTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens on one line, for everybody who listens. Used on the call's context only. */
final class EventFeed {
    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);

    private final long dialledAt = LoopTime.nanos();
    private final List<PhoneEvent> past = new ArrayList<>();
    private final List<Consumer<PhoneEvent>> listeners = new ArrayList<>();

    /** Adds a listener, who first gets all that has happened already. */
    void add(Consumer<PhoneEvent> listener) {
        past.forEach(event -> tell(listener, event));
        listeners.add(listener);
    }

    /** Makes an event known and returns it; it gets the time since the number was dialled. */
    <E extends PhoneEvent> E tell(Function<Duration, E> event) {
        var happened = event.apply(Duration.ofNanos(LoopTime.nanos() - dialledAt));
        past.add(happened);
        for (var listener : List.copyOf(listeners)) {
            tell(listener, happened);
        }
        return happened;
    }

    private static void tell(Consumer<PhoneEvent> listener, PhoneEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            log.error("a listener failed [event: {}]", event.getClass().getSimpleName(), e);
        }
    }
}
