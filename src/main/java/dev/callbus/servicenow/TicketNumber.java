package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The number of a task in ServiceNow, such as {@code INC0010023}: a prefix and five digits or more. */
record TicketNumber(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2,8}[0-9]{5,20}");
    private static final int LONGEST_SPEECH = 200;
    private static final List<String> DIGITS =
            List.of("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE");

    /**
     * The number that somebody said or wrote: blanks, dashes and dots between its parts and the size of letters don't count, and
     * digits may be words.
     *
     * @throws BusException if it is none
     */
    static TicketNumber of(String speech) {
        if (speech.length() <= LONGEST_SPEECH) {
            var joined = Arrays.stream(speech.toUpperCase(Locale.ROOT).split("[\\s.,;:#_/-]+", -1))
                    .map(TicketNumber::digit)
                    .collect(Collectors.joining());
            if (FORM.matcher(joined).matches()) {
                return new TicketNumber(joined);
            }
        }
        throw new BusException(
                Failure.BAD_REQUEST, "That is no ticket number. It is INC and seven digits, or the like.");
    }

    private static String digit(String word) {
        int digit = DIGITS.indexOf(word.equals("OH") ? "ZERO" : word);
        return digit < 0 ? word : Integer.toString(digit);
    }

    /** The failure for a ticket that doesn't exist, and for one of somebody else. */
    BusException notFound() {
        return new BusException(Failure.NOT_FOUND, "Ticket " + text + " not found in ServiceNow");
    }
}
