package dev.callbus.llm.dialog.flow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the dialog does at a point: remember and forget values, say something, call a tool, go into a form, ask a question.
 *
 * @param ask the utterance that is asked, or null
 * @param form the form that is gone into, or null
 */
public record Action(
        Condition when,
        Map<String, Template> set,
        List<String> clear,
        List<String> say,
        @Nullable ToolUse call,
        @Nullable String form,
        @Nullable String ask,
        @Nullable Deed deed) {

    /** A call of a tool, and what is done instead when the conversation doesn't have that tool. */
    public record ToolUse(String tool, Map<String, Template> arguments, List<Action> otherwise) {}

    /** What the dialog itself can do. */
    public enum Deed {
        /** Leaves all forms. */
        CANCEL,
        /** Forgets everything but who is on the line. */
        RESTART,
        /** Says the last words once more. */
        REPEAT,
        /** Begins the remedy that fits the caller's words, if there is one. */
        REMEDY,
        /** Says the next step of the remedy, if there is one. */
        NEXT_REMEDY,
        /** Hands the caller to another bot. */
        TRANSFER,
        /** Asks once more what was asked. */
        ASK_AGAIN,
        /** Takes the caller's last words once more: what they wanted had to wait for something else. */
        HEAR_AGAIN,
        /** Nothing is asked any more: the conversation ends. */
        END,
        /** Waits for what the caller says next, and asks nothing. */
        LISTEN
    }
}
