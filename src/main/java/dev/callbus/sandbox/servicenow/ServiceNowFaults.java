package dev.callbus.sandbox.servicenow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Troubles that a test orders for the next requests: each meets one request, in the order of the orders. Those that last
 * ({@link #hibernate}, {@link #goDown}) last until they are taken back.
 */
public final class ServiceNowFaults {
    private final Orders orders;
    private final @Nullable String method;
    private final String pathPart;

    ServiceNowFaults(Runnable hangUpAll) {
        this(new Orders(hangUpAll), null, "");
    }

    private ServiceNowFaults(Orders orders, @Nullable String method, String pathPart) {
        this.orders = orders;
        this.method = method;
        this.pathPart = pathPart;
    }

    /**
     * The same faults, but what is ordered here waits for requests of that method whose path contains a text, such as
     * {@code incident} or {@code /oauth_token.do}.
     */
    public ServiceNowFaults on(String onlyMethod, String onlyPathPart) {
        return new ServiceNowFaults(orders, onlyMethod.toUpperCase(Locale.ROOT), onlyPathPart);
    }

    /** The same for requests of all methods whose path contains a text. */
    public ServiceNowFaults on(String onlyPathPart) {
        return new ServiceNowFaults(orders, null, onlyPathPart);
    }

    /** Has the next requests refused with this HTTP status, before anything is done. */
    public void failNext(int requests, int status) {
        order(requests, new Fault.Refused(status));
    }

    /** Has the next requests refused with 401, whatever their credentials. */
    public void rejectLoginsOfNext(int requests) {
        order(requests, new Fault.Refused(401));
    }

    /** Has the next requests refused with 429. */
    public void throttleNext(int requests, Duration retryAfter) {
        order(requests, new Fault.Throttled(retryAfter));
    }

    /** Has the connection closed when the next requests arrive, before anything is done. */
    public void hangUpBeforeNext(int requests) {
        order(requests, new Fault.Ignored());
    }

    /** Has the next requests carried out and the connection closed instead of an answer. */
    public void loseAnswersOfNext(int requests) {
        order(requests, new Fault.Lost());
    }

    /** Has the next requests carried out at once and answered late. */
    public void delayAnswersOfNext(int requests, Duration delay) {
        order(requests, new Fault.AnsweredLate(delay));
    }

    /** Has the next requests wait before they are carried out. */
    public void slowDownNext(int requests, Duration delay) {
        order(requests, new Fault.DoneLate(delay));
    }

    /** Has the next requests carried out and answered with half of the JSON. */
    public void truncateAnswersOfNext(int requests) {
        order(requests, new Fault.Truncated());
    }

    /** Has the next requests carried out and answered with 200 and a text that is no JSON, though it says so. */
    public void garbleAnswersOfNext(int requests) {
        order(requests, new Fault.Garbled());
    }

    /** Has all requests answered as an instance that sleeps does, with 200 and a page in HTML, until {@link #wakeUp}. */
    public void hibernate() {
        orders.set(State.HIBERNATING);
    }

    /** Ends {@link #hibernate}. */
    public void wakeUp() {
        orders.set(State.UP);
    }

    /** Closes all connections, and new ones at once, until {@link #comeBack}; the port stays taken. */
    public void goDown() {
        orders.set(State.DOWN);
        orders.hangUpAll.run();
    }

    /** Ends {@link #goDown}. */
    public void comeBack() {
        orders.set(State.UP);
    }

    /** Takes back all that was ordered. */
    public void clear() {
        orders.clear();
    }

    State state() {
        return orders.state;
    }

    /** The fault that this request meets, if any. */
    Optional<Fault> meet(String requestMethod, String path) {
        return orders.take(requestMethod, path);
    }

    private void order(int requests, Fault fault) {
        for (var index = 0; index < requests; index++) {
            orders.add(new Order(method, pathPart, fault));
        }
    }

    /** How the instance is as a whole. */
    enum State {
        UP,
        HIBERNATING,
        DOWN
    }

    /** What befalls one request. */
    sealed interface Fault {
        record Refused(int status) implements Fault {}

        record Throttled(Duration retryAfter) implements Fault {}

        record Ignored() implements Fault {}

        record Lost() implements Fault {}

        record AnsweredLate(Duration delay) implements Fault {}

        record DoneLate(Duration delay) implements Fault {}

        record Truncated() implements Fault {}

        record Garbled() implements Fault {}
    }

    private record Order(@Nullable String method, String pathPart, Fault fault) {
        boolean isFor(String requestMethod, String path) {
            return (method == null || method.equals(requestMethod)) && path.contains(pathPart);
        }
    }

    /** What all the views of one instance's faults share. */
    private static final class Orders {
        private final Runnable hangUpAll;
        private final List<Order> waiting = new ArrayList<>();
        private volatile State state = State.UP;

        Orders(Runnable hangUpAll) {
            this.hangUpAll = hangUpAll;
        }

        void set(State next) {
            state = next;
        }

        synchronized void add(Order order) {
            waiting.add(order);
        }

        synchronized void clear() {
            waiting.clear();
            state = State.UP;
        }

        synchronized Optional<Fault> take(String method, String path) {
            for (Iterator<Order> each = waiting.iterator(); each.hasNext(); ) {
                var order = each.next();
                if (order.isFor(method, path)) {
                    each.remove();
                    return Optional.of(order.fault());
                }
            }
            return Optional.empty();
        }
    }
}
