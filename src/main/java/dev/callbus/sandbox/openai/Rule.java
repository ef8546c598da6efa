package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a script: when it holds, and what is answered then.
 *
 * @param line the line in the script, which names the rule in complaints and records
 * @param say the lines to say, one per turn in rotation; empty to say nothing
 * @param calls the tools to call, after the text
 * @param fault what goes wrong on purpose
 * @param manner how the answer is streamed
 * @param example caller's sentences whose last one is answered by this rule; empty if none is given
 */
public record Rule(
        int line,
        Condition when,
        List<String> say,
        List<ToolCall> calls,
        @Nullable Fault fault,
        Manner manner,
        List<String> example) {

    /** Copies the lists, which never change. */
    public Rule {
        say = List.copyOf(say);
        calls = List.copyOf(calls);
        example = List.copyOf(example);
    }

    /**
     * What must hold for a rule; an absent part always holds.
     *
     * @param caller found in the last user message
     * @param said found in the last assistant text
     * @param tool equal to the name of a tool whose result ends the conversation; a condition without it never holds for a result
     * @param result found in the result of that tool
     * @param turn the number of user messages
     */
    public record Condition(
            @Nullable Pattern caller,
            @Nullable Pattern said,
            @Nullable String tool,
            @Nullable Pattern result,
            @Nullable Integer turn) {
        /** The condition that always holds. */
        static final Condition ALWAYS = new Condition(null, null, null, null, null);
    }

    /** A tool to call; textual arguments are sent as they are, so that broken ones can be tried. */
    public record ToolCall(String name, JsonNode arguments) {}

    /** How an answer is streamed: its pace and its deviations from the norm. */
    public record Manner(Pace pace, Set<Quirk> quirks) {
        /** Copies the set, which never changes. */
        public Manner {
            quirks = Set.copyOf(quirks);
        }
    }
}
