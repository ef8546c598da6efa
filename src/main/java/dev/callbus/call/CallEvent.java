package dev.callbus.call;

import dev.callbus.bus.Protocol;
import java.time.Duration;
import java.time.Instant;

/** What happened in a call, for those who watch: no words of the conversation, no digits. */
public sealed interface CallEvent extends Protocol {

    String callSid();

    Instant at();

    /** The call began. */
    record Started(String callSid, Instant at, String direction) implements CallEvent {}

    /** The first words of an answer left, so long after the caller's prompt. */
    record Answering(String callSid, Instant at, int turn, Duration after) implements CallEvent {}

    /**
     * A turn is over.
     *
     * @param last whether the call ends after it
     */
    record TurnEnded(String callSid, Instant at, int turn, Outcome outcome, boolean last) implements CallEvent {}

    /** A tool was run. */
    record ToolRan(String callSid, Instant at, int turn, String tool, boolean success, Duration took)
            implements CallEvent {}

    /**
     * Twilio reported how the call is getting on.
     *
     * @param status Twilio's word, such as {@code ringing}
     * @param answeredBy {@code human}, {@code machine_start} …, or empty if the report isn't about that
     */
    record CarrierReport(String callSid, Instant at, String status, String answeredBy) implements CallEvent {}

    /** The call is over. */
    record Ended(String callSid, Instant at, String reason) implements CallEvent {}

    /** How a turn ended. */
    enum Outcome {
        ANSWERED,
        INTERRUPTED,
        SUPERSEDED,
        FAILED
    }
}
