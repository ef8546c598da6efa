package dev.callbus.call;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What a call's model is told: the agent's context first, the same for every call so that vendors can cache it, then the
 * facts of this call. Phone numbers and ids are not among them: no tool takes them from the model.
 */
final class Instructions {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm zzz", Locale.ENGLISH);

    private Instructions() {}

    static String of(String context, CallProtocol.Setup setup, Instant now, ZoneId zone) {
        var text = new StringBuilder(context.strip()).append("\n\n# This call\n");
        text.append("- It began on ").append(DATE.format(now.atZone(zone))).append(".\n");
        text.append(
                setup.direction().startsWith("outbound") ? "- We called the person.\n" : "- The person called us.\n");
        new TreeMap<>(setup.parameters())
                .forEach((name, value) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        return text.toString();
    }
}
