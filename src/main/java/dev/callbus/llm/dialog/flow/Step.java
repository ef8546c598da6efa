package dev.callbus.llm.dialog.flow;

import dev.callbus.llm.dialog.understanding.Asked;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A step of a form: it is taken if its condition holds and what it is to get isn't there yet. */
public sealed interface Step {
    /** What must hold for it to be taken. */
    Condition when();

    /** The name of what it gets. */
    String get();

    /**
     * Asks the caller.
     *
     * @param or further values any of which will do as well
     * @param offer asked instead while an earlier value is remembered: yes takes it, no forgets it
     * @param find finds the value in the words that led into the form, as its first group
     * @param change finds another value, as its first group, while something else is asked for
     * @param preset the value to begin with, if it isn't empty; null for none
     * @param except intents that are no answer to a question for free text
     * @param invalid said when the answer can't be taken
     */
    record Ask(
            Condition when,
            String get,
            List<String> or,
            String ask,
            Asked kind,
            @Nullable Offer offer,
            List<Pattern> find,
            List<Pattern> change,
            @Nullable Template preset,
            List<String> except,
            @Nullable String invalid,
            List<Action> yes,
            List<Action> no)
            implements Step {}

    /** An earlier value that is offered again. */
    record Offer(String value, String ask) {}

    /** Calls a tool. */
    record Call(Condition when, String get, Action.ToolUse use) implements Step {}

    /** Goes into another form first. */
    record Sub(Condition when, String get, String form) implements Step {}

    /** Says something. */
    record Tell(Condition when, String get, List<String> say) implements Step {}

    /** Chooses a value by what is found in another one. */
    record Choose(Condition when, String get, Template by, Map<String, Pattern> values, String other) implements Step {}
}
