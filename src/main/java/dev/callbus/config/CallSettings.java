package dev.callbus.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a call behaves.
 *
 * @param fillerAfter after so long without a word from the agent a filler is spoken
 * @param fillers what is then said, in rotation; empty for none
 * @param watchdog after so long without any sign from the model service the turn is given up
 * @param apology said when no model could answer
 * @param lostThread said when an answer breaks off in the middle
 * @param handoffWords said when several turns in a row failed, before the caller is handed over
 * @param failuresBeforeHandoff so many failed turns in a row hand the caller over
 * @param farewell said when the agent ends the call and the model has no words for it
 * @param goodbye said when the node ends while the call is up
 * @param maxToolRounds so often may the model call tools within one turn
 * @param toolTimeout after which a tool counts as failed
 * @param historyLimit characters of conversation that are kept for the model; the oldest turns go first
 * @param keypadPause after so long without a key the caller has keyed all he wants
 * @param charactersPerSecond how fast speech is assumed to be where the channel doesn't report it
 */
public record CallSettings(
        SilenceSettings silence,
        Duration fillerAfter,
        List<String> fillers,
        Duration watchdog,
        String apology,
        String lostThread,
        String handoffWords,
        int failuresBeforeHandoff,
        String farewell,
        String goodbye,
        int maxToolRounds,
        Duration toolTimeout,
        int historyLimit,
        Duration keypadPause,
        double charactersPerSecond) {
    public CallSettings {
        fillers = List.copyOf(fillers);
    }

    /** The same with the silence detection of one agent. */
    public CallSettings withSilence(SilenceSettings other) {
        return new CallSettings(
                other,
                fillerAfter,
                fillers,
                watchdog,
                apology,
                lostThread,
                handoffWords,
                failuresBeforeHandoff,
                farewell,
                goodbye,
                maxToolRounds,
                toolTimeout,
                historyLimit,
                keypadPause,
                charactersPerSecond);
    }

    /** The same for a conversation in writing: nothing takes time, and nobody is asked whether he is still there. */
    public CallSettings forText() {
        return new CallSettings(
                new SilenceSettings(false, silence.threshold(), List.of()),
                fillerAfter,
                List.of(),
                watchdog,
                apology,
                lostThread,
                handoffWords,
                failuresBeforeHandoff,
                farewell,
                goodbye,
                maxToolRounds,
                toolTimeout,
                historyLimit,
                keypadPause,
                Double.POSITIVE_INFINITY);
    }

    /**
     * What happens when the caller says nothing.
     *
     * @param threshold of silence before the next reminder, and after the last one before the call ends
     * @param farewell said before it ends; empty for nothing
     */
    public record SilenceSettings(boolean enabled, Duration threshold, List<String> messages, String farewell) {
        public SilenceSettings {
            messages = List.copyOf(messages);
        }

        /** Silence that ends the call without a word. */
        public SilenceSettings(boolean enabled, Duration threshold, List<String> messages) {
            this(enabled, threshold, messages, "");
        }

        /** The same with so many reminders: the last one is repeated if there are fewer, and "Still there?" if there is none. */
        public SilenceSettings withReminders(int count) {
            var last = messages.isEmpty() ? "Still there?" : messages.getLast();
            var padded = Stream.concat(messages.stream(), Stream.generate(() -> last));
            return new SilenceSettings(enabled, threshold, padded.limit(count).toList(), farewell);
        }
    }
}
