package dev.callbus.sandbox.twilio;

import java.time.Duration;

/** Whoever has a number that the account calls. */
public interface Callee {

    /** What happens when the phone rings. */
    Reaction ring();

    /** Keys that the account had dialled once somebody picked up, an extension for example; {@code w} and {@code W} are pauses. */
    default void hearKeys(String keys) {}

    /** Somebody has picked up; this is his end of the line. */
    default void talk(PhoneCall line) {}

    /** A person who picks up after a second, listens for a while and hangs up. */
    static Callee polite(Duration patience) {
        return new Callee() {
            @Override
            public Reaction ring() {
                return new Reaction.PicksUp(Duration.ofSeconds(1), false);
            }

            @Override
            public void talk(PhoneCall line) {
                line.hangUpAfter(patience);
            }
        };
    }

    /** What a phone that rings may do. */
    sealed interface Reaction {

        /** Somebody picks up, or a machine does. */
        record PicksUp(Duration after, boolean isMachine) implements Reaction {}

        /** Nobody picks up. */
        record Rings() implements Reaction {}

        /** The line is busy. */
        record IsBusy() implements Reaction {}

        /** There is no such line. */
        record IsUnreachable() implements Reaction {}
    }
}
