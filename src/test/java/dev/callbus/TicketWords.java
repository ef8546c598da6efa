package dev.callbus;

import dev.callbus.llm.ToolCall;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.sandbox.servicenow.platform.Operation;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What is said of the result of a tool, compared at that moment with what is so. */
final class TicketWords {
    private static final Pattern WISH = Pattern.compile("wish [a-z ]+");
    private static final Pattern NUMBER = Pattern.compile("INC\\d+");

    private final Ledger ledger;
    private final Collection<String> untrue;
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    /** @param untrue gets what is claimed and isn't so */
    TicketWords(Ledger ledger, Collection<String> untrue) {
        this.ledger = ledger;
        this.untrue = untrue;
    }

    String of(ToolCall call, String result) {
        if (!call.name().equals("create-servicenow-ticket")) {
            return result.contains("\"success\":true") ? "Tool done." : "Tool failed.";
        }
        var wish = first(WISH, call.arguments());
        if (result.contains("Successfully created ticket") || result.contains("This call made ticket")) {
            var number = first(NUMBER, result);
            if (ledger.entries("incident").stream().noneMatch(entry -> isInsert(entry, number, wish))) {
                untrue.add("said to be made, and isn't: " + wish + ": " + result);
            }
            confirmed.add(wish);
            return "Made for " + wish + ".";
        } else if (result.contains("\"queued\":true")) {
            if (confirmed.contains(wish)) {
                untrue.add("said not to be filed yet, after it was confirmed: " + wish + ": " + result);
            }
            return "Kept for " + wish + ".";
        }
        return "Refused.";
    }

    private static boolean isInsert(Ledger.Entry entry, String number, String wish) {
        return entry.operation() == Operation.INSERT
                && entry.number().equals(number)
                && first(WISH, entry.changes().getOrDefault("short_description", ""))
                        .equals(wish);
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? found.group() : "";
    }
}
