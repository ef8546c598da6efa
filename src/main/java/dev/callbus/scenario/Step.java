package dev.callbus.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a conversation: something that the caller or the world does, or something that is expected of the server. */
public sealed interface Step {

    /** The line of the file that it begins in. */
    int line();

    /** What is done; what was heard before is no longer waited for afterwards. */
    sealed interface Act extends Step {}

    /** What is expected. */
    sealed interface Expectation extends Step {}

    /**
     * The caller says something.
     *
     * @param now whether he doesn't wait for the agent to finish
     */
    record Says(int line, String words, boolean now) implements Act {}

    /**
     * The caller presses keys.
     *
     * @param now whether he doesn't wait for the agent to finish
     */
    record Presses(int line, String keys, boolean now) implements Act {}

    /** The caller says nothing for so long after the agent has finished. */
    record KeepsSilent(int line, Duration time) implements Act {}

    /**
     * The caller cuts the agent short.
     *
     * @param afterWords so many words after the step before, or null
     * @param at as soon as this is heard, or null
     * @param says with these words, or with a noise if null
     */
    record Interrupts(
            int line,
            @Nullable Integer afterWords,
            @Nullable String at,
            @Nullable String says) implements Act {}

    /** The transcription has words that may still change. */
    record SaysPartially(int line, String words) implements Act {}

    /** The caller puts the receiver down. */
    record HangsUp(int line) implements Act {}

    /** Something outside breaks, for so many requests if it is something that counts. */
    record Chaos(int line, Trouble trouble, int times) implements Act {}

    /**
     * The caller hears something.
     *
     * @param within so long after the step before
     */
    record Hears(int line, Match match, @Nullable Duration within) implements Expectation {}

    /** The caller hears these words at no time in the call. */
    record NeverHears(int line, String words) implements Expectation {}

    /** The caller hears nothing for so long. */
    record HearsNothing(int line, Duration time) implements Expectation {}

    /**
     * The model calls a tool.
     *
     * @param arguments a JSON object whose members are all among the call's arguments
     * @param times how often it is called in the whole call, so far; null for once more
     * @param stub what the tool does then
     */
    record CallsTool(
            int line,
            String tool,
            String arguments,
            @Nullable Integer times,
            ToolStub stub,
            @Nullable Duration within) implements Expectation {}

    /**
     * A text message, or an automatic call that reads one out, reaches the caller's phone.
     *
     * @param match what it says, or null
     * @param code under which name the digits in it are remembered, or null
     * @param times how many came since the call began; null for one more
     */
    record GetsMessage(
            int line,
            @Nullable Match match,
            @Nullable String code,
            @Nullable Integer times,
            @Nullable Duration within) implements Expectation {}

    /**
     * What the model was last sent of the conversation.
     *
     * @param whole whether that is all, or the end of it
     */
    record HasHistory(int line, List<Remembered> messages, boolean whole) implements Expectation {
        public HasHistory {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Records in ServiceNow.
     *
     * @param where field values that choose the records
     * @param count of them, or null for any but none
     * @param fields values that each of them has
     */
    record HasRows(
            int line,
            String table,
            Map<String, String> where,
            @Nullable Integer count,
            Map<String, String> fields) implements Expectation {}

    /** Whether the caller is verified. */
    record HasGrant(int line, boolean granted) implements Expectation {}

    /** The call is up. */
    record IsUp(int line) implements Expectation {}

    /** The call is over; any reason is good if that is null. */
    record HasEnded(
            int line, @Nullable String reason, @Nullable Duration within) implements Expectation {}

    /** These texts are neither in logs nor on the bus nor in what the model is sent nor in ServiceNow. */
    record NeverLogs(int line, List<String> texts) implements Expectation {
        public NeverLogs {
            texts = List.copyOf(texts);
        }
    }

    /** How words are compared. */
    sealed interface Match {}

    /** They are heard, whatever their case, punctuation and spaces. */
    record Contains(String words) implements Match {}

    /** They are all that the agent says, as written. */
    record Equals(String words) implements Match {}

    /** A regular expression is found; its named groups are remembered. */
    record Finds(String expression) implements Match {}

    /**
     * A message of a conversation.
     *
     * @param by who said it, or that it is a tool's call
     * @param text what was said, or the tool's name
     */
    record Remembered(Voice by, String text) {}

    /** Whose message it is. */
    enum Voice {
        CALLER,
        AGENT,
        TOOL
    }
}
