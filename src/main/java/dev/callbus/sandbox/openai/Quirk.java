package dev.callbus.sandbox.openai;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A deviation from OpenAI's stream that some compatible server is known for, to try tolerant clients with. */
public enum Quirk {
    /** A tool call arrives whole, in one delta (Ollama, Gemini). */
    TOOL_CALL_IN_ONE_DELTA("toolCallInOneDelta"),
    /** Tool call deltas have no {@code index} (Gemini, old Ollama). */
    NO_TOOL_INDEX("noToolIndex"),
    /** All parallel calls have index 0 (Ollama, vLLM, SGLang). */
    INDEX_ALWAYS_ZERO("indexAlwaysZero"),
    /** Tool calls have no {@code id} (vLLM). */
    NO_TOOL_IDS("noToolIds"),
    /** Each delta of a tool call repeats its {@code id} (SGLang). */
    REPEATED_TOOL_IDS("repeatedToolIds"),
    /** Tool arguments are a JSON object instead of a string (native Ollama); implies one delta per call. */
    OBJECT_ARGUMENTS("objectArguments"),
    /** Lines end with CR LF. */
    CRLF("crlf"),
    /** Comment lines stand between the events (DeepSeek, OpenRouter). */
    COMMENTS("comments"),
    /** The stream ends without {@code [DONE]}. */
    NO_DONE("noDone"),
    /** The usage chunk has {@code choices: null} instead of an empty array. */
    NULL_CHOICES_USAGE("nullChoicesUsage"),
    /** A chunk without choices and one whose choice has no delta come first (Azure's content filter). */
    PROMPT_FILTER("promptFilter"),
    /** The text begins with a thought in think tags (raw local models). */
    THINK_TAGS("thinkTags"),
    /** The thought comes in {@code reasoning_content} deltas before the text (DeepSeek). */
    REASONING_CONTENT("reasoningContent"),
    /** An error object replaces the end of the stream. */
    ERROR_IN_STREAM("errorInStream"),
    /** The finish reason is {@code stop} although tools were called (Gemini). */
    FINISH_STOP("finishStop"),
    /** No chunk names a finish reason (vLLM). */
    NO_FINISH_REASON("noFinishReason");

    private final String key;

    Quirk(String key) {
        this.key = key;
    }

    /** Returns the name of this quirk in a script. */
    public String key() {
        return key;
    }

    /** Finds a quirk by its name in a script. */
    static Optional<Quirk> named(String key) {
        return Arrays.stream(values()).filter(quirk -> quirk.key.equals(key)).findFirst();
    }

    /** Lists the names of all quirks. */
    static String names() {
        return Arrays.stream(values()).map(Quirk::key).collect(Collectors.joining(", "));
    }
}
