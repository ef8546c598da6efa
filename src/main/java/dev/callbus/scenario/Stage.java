package dev.callbus.scenario;

import dev.callbus.bus.BusWatch;
import dev.callbus.sandbox.twilio.PhoneCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run of a scenario: its world, its call, and all that is known of it so far. */
final class Stage implements AutoCloseable {
    /** So long must the agent have been silent before a polite caller speaks. */
    private static final Duration BREATH = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration NO_ANSWER = Duration.ofSeconds(4);
    private static final Duration POLITENESS = Duration.ofSeconds(60);

    final World world;
    final Given given;
    final Ear ear;
    final BusLog bus;
    final Memory memory = new Memory();
    final LogEars logs;
    final List<String> messages = new CopyOnWriteArrayList<>();
    private final BusWatch watch;
    private @Nullable PhoneCall call;
    private Duration lastAct = Duration.ZERO;
    private int givenWrites;

    Stage(World world, Given given, LogEars logs) {
        this.world = world;
        this.given = given;
        this.logs = logs;
        this.ear = new Ear(world::elapsed);
        this.bus = new BusLog(world::elapsed);
        this.watch = BusWatch.open(world.vertx(), bus::take);
        memory.remember("from", given.from());
        memory.remember("to", given.to());
        world.onMessage(message -> {
            if (message.to().equals(given.from())) {
                messages.add(message.text());
                ear.remark("(a message reaches the caller's phone)");
            }
        });
    }

    /** The call; there is one once it was dialled. */
    PhoneCall call() {
        if (call == null) {
            throw new IllegalStateException("nobody has dialled");
        }
        return call;
    }

    void answered(PhoneCall line) {
        call = line;
    }

    /** Adds what ServiceNow is given before the call. */
    void give() {
        try {
            given.rows().forEach(world::addRow);
        } catch (IllegalArgumentException e) {
            throw new Unmet("records that ServiceNow takes", String.valueOf(e.getMessage()));
        }
        givenWrites = world.ledger().entries().size();
    }

    /** How many of ServiceNow's writes were not the server's. */
    int givenWrites() {
        return givenWrites;
    }

    /** Notes that the caller does something now, for which he waits for an answer. */
    void acts() {
        lastAct = world.elapsed();
        ear.understandAll();
    }

    /** Lets time pass until the agent has finished, as somebody does who doesn't cut others short. */
    void waitPolitely() {
        until(this::isQuiet, POLITENESS);
    }

    /** Lets time pass until something is so that may come about by time alone, or the call is over. */
    boolean until(BooleanSupplier condition, Duration atMost) {
        var end = world.elapsed().plus(atMost);
        while (!condition.getAsBoolean() && !ear.isCallOver() && world.elapsed().compareTo(end) < 0) {
            world.until(() -> condition.getAsBoolean() || ear.isCallOver(), LOOK);
        }
        return condition.getAsBoolean();
    }

    /** Whether the agent has nothing more to say. */
    boolean isQuiet() {
        var now = world.elapsed();
        if (ear.isSpeaking() || bus.isAnswering() || isUnanswered(now)) {
            return false;
        }
        return now.minus(ear.lastSound()).compareTo(BREATH) >= 0
                && now.minus(bus.lastTurn()).compareTo(BREATH) >= 0;
    }

    /** Whether the caller's last words may still be answered. */
    private boolean isUnanswered(Duration now) {
        return lastAct.compareTo(ear.lastSound()) > 0
                && lastAct.compareTo(bus.lastTurn()) > 0
                && now.minus(lastAct).compareTo(NO_ANSWER) < 0;
    }

    @Override
    public void close() {
        watch.close();
        world.close();
    }
}
