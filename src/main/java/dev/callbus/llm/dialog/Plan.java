package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.OtherBot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the dialog is about to say and do in answer to one message. */
final class Plan {
    final List<String> messages = new ArrayList<>();
    /** The utterances that the messages are made of. */
    final List<String> said = new ArrayList<>();

    /** What is read out, and may then be chosen. */
    final List<ReadOut.Item> items = new ArrayList<>();

    final List<Wish> calls = new ArrayList<>();
    List<DialogReply.Option> options = List.of();

    @Nullable
    String question;

    @Nullable
    OtherBot transfer;
    /** The caller's last words are to be taken once more. */
    boolean hearAgain;
    /** Nothing more is to be asked. */
    boolean settled;

    /** A tool that is to be called. */
    record Wish(Action.ToolUse use, Map<String, String> arguments) {
        Wish {
            arguments = new LinkedHashMap<>(arguments);
        }

        /** Tool and arguments as one text. */
        String key() {
            return use.tool() + " " + arguments;
        }
    }

    void say(String message) {
        if (!message.isBlank()) {
            messages.add(message);
        }
    }

    /** What was said and asked in place of a call. */
    void goesOn(Plan rest) {
        messages.addAll(rest.messages);
        said.addAll(rest.said);
        items.addAll(rest.items);
        options = rest.options;
        question = rest.question;
        settled |= rest.settled;
    }

    /** Whether the caller or a tool has to come next. */
    boolean isComplete() {
        return settled || question != null || !calls.isEmpty();
    }

    boolean isEmpty() {
        return messages.isEmpty() && calls.isEmpty();
    }
}
