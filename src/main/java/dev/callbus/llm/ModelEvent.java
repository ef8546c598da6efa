package dev.callbus.llm;

import dev.callbus.bus.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model's answer consists of: any number of {@link Delta}s, at most one {@link ToolCalls}, then one end. */
public sealed interface ModelEvent extends Protocol {

    /** Further words of the answer; never empty. */
    record Delta(String text) implements ModelEvent {}

    /** The tools that this answer calls, all of them at once; never empty. */
    record ToolCalls(List<ToolCall> calls, @Nullable String extra) implements ModelEvent {
        public ToolCalls {
            calls = List.copyOf(calls);
        }
    }

    /**
     * The answer is complete.
     *
     * @param model which provider and model gave it, such as {@code openai:gpt-4o}
     */
    record Finished(String model, Usage usage) implements ModelEvent {}

    /** There is no (further) answer; nothing follows. {@code detail} is for the log: it holds no words of the conversation. */
    record Failed(ModelFailure failure, String detail) implements ModelEvent {}

    /** Tokens that the vendor counted; zero when it didn't say. */
    record Usage(int promptTokens, int cachedTokens, int completionTokens) {
        public static final Usage UNKNOWN = new Usage(0, 0, 0);
    }
}
