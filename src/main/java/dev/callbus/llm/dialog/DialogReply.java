package dev.callbus.llm.dialog;

import dev.callbus.llm.ToolCall;
import dev.callbus.llm.dialog.flow.OtherBot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the dialog answers.
 *
 * @param messages what is said, a message each; a message may have several lines
 * @param options what the caller can choose from, for whoever can show it
 * @param spoken the same messages for the telephone: options are spoken with their keys
 * @param transfer the other bot that the caller goes on with, or null
 */
public record DialogReply(
        List<String> messages,
        List<Option> options,
        String spoken,
        List<ToolCall> calls,
        @Nullable OtherBot transfer) {
    /** Copies the lists. */
    public DialogReply {
        messages = List.copyOf(messages);
        options = List.copyOf(options);
        calls = List.copyOf(calls);
    }

    /** Something to choose: shown as {@code 1: low (/inform{"priority":"low"})}; its payload is as good as the caller's words. */
    public record Option(String key, String label, String word, String payload) {}
}
