package dev.callbus.sandbox.twilio.rest;

import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Troubles that a test orders for the next requests to a resource: each meets one request, in the order of the orders. */
public final class RestFaults {
    private static final String LOST = RestFaults.class.getName();

    private final Queue<Fault> ordered = new ConcurrentLinkedQueue<>();

    /** Has the next requests refused with this HTTP status, and Twilio's general code for it. */
    public void failNext(int requests, int status) {
        order(requests, new Refused(status));
    }

    /** Has the next requests refused with this error. */
    public void refuseNext(int requests, RestError error) {
        order(requests, new Worded(error));
    }

    /** Has the connection closed when the next requests arrive, before anything is done. */
    public void hangUpBeforeNext(int requests) {
        order(requests, new Ignored());
    }

    /** Has the next requests carried out and the connection closed instead of an answer. */
    public void loseAnswersOfNext(int requests) {
        order(requests, new Lost());
    }

    /** Lets the request meet its fault, or pass. */
    void meet(RoutingContext routing) {
        switch (ordered.poll()) {
            case null -> routing.next();
            case Refused(var status) -> throw new RestError(status, 20_000 + status, "Fault of the sandbox");
            case Worded(var error) -> throw error;
            case Ignored() -> routing.request().connection().close();
            case Lost() -> {
                routing.put(LOST, true);
                routing.next();
            }
        }
    }

    /** Whether this request's answer is lost; if so, its connection is closed. */
    static boolean losesAnswer(RoutingContext routing) {
        var lost = routing.get(LOST) != null;
        if (lost) {
            routing.request().connection().close();
        }
        return lost;
    }

    private void order(int requests, Fault fault) {
        ordered.addAll(Collections.nCopies(requests, fault));
    }

    private sealed interface Fault {}

    private record Refused(int status) implements Fault {}

    private record Worded(RestError error) implements Fault {}

    private record Ignored() implements Fault {}

    private record Lost() implements Fault {}
}
