package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.flow.Action;
import dev.callbus.llm.dialog.flow.Rule;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a caller goes on to say after he withdrew or refused something. */
final class Withdrawals {
    static final String CANCEL = "cancel";

    private static final Pattern BORDER =
            Pattern.compile("[,.;!?]+\\s+|\\s+(?:but|instead|pero)\\s+", Pattern.CASE_INSENSITIVE);

    /** What is said first, and the rest. */
    record Parts(String first, String rest) {}

    private Withdrawals() {}

    /** The first clause and what comes after it; nothing if there is only one. */
    static Optional<Parts> parts(String text) {
        var border = BORDER.matcher(text);
        return border.find()
                ? worded(text.substring(border.end())).map(rest -> new Parts(text.substring(0, border.start()), rest))
                : Optional.empty();
    }

    /** The words after the withdrawal; nothing if this rule isn't for one, or nothing was said after it. */
    static Optional<String> rest(Rule rule, Heard heard) {
        if (rule.action().deed() != Action.Deed.CANCEL || rule.action().call() != null) {
            return Optional.empty();
        }
        if (rule.intents().isEmpty()) {
            return rule.words().stream()
                    .map(pattern -> pattern.matcher(heard.text()))
                    .filter(matcher -> matcher.find())
                    .map(matcher -> heard.text().substring(matcher.end()))
                    .findFirst()
                    .flatMap(Withdrawals::worded);
        }
        return rule.intents().contains(CANCEL) ? parts(heard.text()).map(Parts::rest) : Optional.empty();
    }

    private static Optional<String> worded(String rest) {
        return Optional.of(rest.strip()).filter(text -> !Ears.plain(text).isEmpty());
    }
}
