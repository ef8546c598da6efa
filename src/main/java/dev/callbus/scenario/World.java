package dev.callbus.scenario;

import dev.callbus.sandbox.openai.ModelServer;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.sandbox.servicenow.ServiceNowFaults;
import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import dev.callbus.scenario.simulation.PhoneMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A whole server and all that is around it, for one scenario. One thread drives it: time passes only in {@link #until} and
 * {@link #pass} and nothing happens otherwise.
 */
public interface World extends AutoCloseable {

    /** The server's own. */
    Vertx vertx();

    /** The time since the world began. */
    Duration elapsed();

    /** Lets time pass until something is so, at most so long; whether it is so. */
    boolean until(BooleanSupplier condition, Duration atMost);

    /** Lets time pass. */
    void pass(Duration time);

    /** Dials; completes when the call is answered. */
    Future<PhoneCall> dial(String from, String to, Consumer<PhoneEvent> listener);

    /** Tells of text messages, and of calls that read one out, that reach any phone from now on. */
    void onMessage(Consumer<PhoneMessage> listener);

    /** The model that is asked first; an {@link IllegalStateException} unless the scenario is about one. */
    ModelServer model();

    /** What stands before the server's tools. */
    ToolStubs tools();

    /** What ServiceNow really has. */
    Ledger ledger();

    /** What may go wrong with ServiceNow. */
    ServiceNowFaults serviceNowFaults();

    /** Adds a record to ServiceNow; throws {@link IllegalArgumentException} if it doesn't take it. */
    void addRow(Given.Row row);

    @Override
    void close();

    /** Makes worlds, one after the other, all on the thread that it was made on. */
    interface Maker extends AutoCloseable {

        /**
         * A world as a scenario wants it; throws a {@link RuntimeException} that says what is wrong with what is given. The one before
         * is over then.
         */
        World make(Scenario scenario);

        /** Ends the last one. */
        @Override
        void close();
    }
}
