package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.sandbox.openai.Rule.Manner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to one request.
 *
 * @param line the line of the rule that is played
 * @param text the text, empty if nothing is said
 * @param calls the tools to call, after the text
 * @param fault what goes wrong, if anything does
 */
record Cue(
        int line,
        String text,
        List<Call> calls,
        Manner manner,
        @Nullable Fault fault) {
    Cue {
        calls = List.copyOf(calls);
    }

    /** One tool call; textual arguments are sent as they are. */
    record Call(String id, String name, JsonNode arguments) {

        /** Returns the arguments as OpenAI sends them: JSON inside a string. */
        String written() {
            return arguments.isTextual() ? arguments.textValue() : arguments.toString();
        }
    }

    /** The same with something that goes wrong. */
    Cue with(Fault other) {
        return new Cue(line, text, calls, manner, other);
    }

    /** Says whether the answer deviates in a way. */
    boolean has(Quirk quirk) {
        return manner.quirks().contains(quirk);
    }
}
