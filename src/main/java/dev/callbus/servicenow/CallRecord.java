package dev.callbus.servicenow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is filed about a call once it is over.
 *
 * @param direction inbound or outbound
 * @param reason why it ended, such as {@code end-call} or {@code channel-lost}
 * @param customer the sys_id of whom the call was with, if that was verified
 * @param transcript what was said and heard; without codes
 * @param tickets sys_ids of the incidents that the call was about, the latest last
 */
public record CallRecord(
        String callSid,
        String direction,
        Instant startedAt,
        Instant endedAt,
        String reason,
        @Nullable String customer,
        String summary,
        List<Line> transcript,
        List<String> tickets) {
    public CallRecord {
        transcript = List.copyOf(transcript);
        tickets = List.copyOf(tickets);
    }

    /** The same with this summary. */
    public CallRecord withSummary(String other) {
        return new CallRecord(callSid, direction, startedAt, endedAt, reason, customer, other, transcript, tickets);
    }

    /** Something that was said. */
    public record Line(Instant at, Speaker speaker, String text) {

        @Override
        public String toString() {
            return "Line[" + speaker + ", •]";
        }
    }

    /** Who said it. */
    public enum Speaker {
        CALLER,
        AGENT
    }
}
