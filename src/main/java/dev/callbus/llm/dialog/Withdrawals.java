package dev.callbus.llm.dialog;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a caller goes on to say after he withdrew or refused something. */
final class Withdrawals {
    private static final String CANCEL = "cancel";

    private static final Pattern BORDER = Pattern.compile("[,.;!?]+\\s+|\\s+(?:but|instead|pero)\\s+", Pattern.CASE_INSENSITIVE);

    private Withdrawals() {}

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
        var border = BORDER.matcher(heard.text());
        return rule.intents().contains(CANCEL) && border.find()
                ? worded(heard.text().substring(border.end()))
                : Optional.empty();
    }

    private static Optional<String> worded(String rest) {
        return Optional.of(rest.strip()).filter(text -> !Ears.plain(text).isEmpty());
    }
}
