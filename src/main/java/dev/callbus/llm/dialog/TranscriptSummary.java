package dev.callbus.llm.dialog;

import dev.callbus.llm.ChatMessage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The record of a call that has ended, in a few plain sentences that are true of its transcript. */
final class TranscriptSummary {
    private static final String BEGINNING = "Transcript of a call\n";
    private static final int LONGEST_QUOTE = 160;
    private static final Pattern TICKET = Pattern.compile("\\bI ?N ?C[ ,.]*((?:\\d[ ,]*){7,10})");
    private static final Pattern FILLER =
            Pattern.compile("(?i)^(hi|hello|hey|yes|no|ok|okay|thanks?|thank you|please|the caller keyed.*)\\W*$");

    private TranscriptSummary() {}

    /** The summary that such a request wants; null if this is another request. */
    static @Nullable String of(List<ChatMessage> messages) {
        return messages.stream()
                .filter(ChatMessage.Caller.class::isInstance)
                .map(message -> ((ChatMessage.Caller) message).text())
                .filter(text -> text.startsWith(BEGINNING))
                .findFirst()
                .filter(text -> messages.stream().noneMatch(ChatMessage.Assistant.class::isInstance))
                .map(text -> summary(text.substring(BEGINNING.length())))
                .orElse(null);
    }

    private static String summary(String transcript) {
        var caller = lines(transcript, "Caller: ");
        var agent = lines(transcript, "Agent: ");
        if (caller.isEmpty()) {
            return "The caller said nothing.";
        }
        var wish = caller.stream()
                .filter(line -> line.length() > 12 && !FILLER.matcher(line).matches())
                .findFirst()
                .orElse(caller.getFirst());
        var summary = new StringBuilder("The caller said: \"" + shortened(wish) + "\".");
        var tickets = new LinkedHashSet<String>();
        TICKET.matcher(String.join("\n", agent))
                .results()
                .forEach(found -> tickets.add("INC" + found.group(1).replaceAll("\\D", "")));
        if (!tickets.isEmpty()) {
            summary.append(tickets.size() == 1 ? " The agent spoke of ticket " : " The agent spoke of tickets ")
                    .append(String.join(", ", tickets))
                    .append('.');
        }
        if (!agent.isEmpty()) {
            summary.append(" The agent's last words were: \"")
                    .append(shortened(agent.getLast()))
                    .append("\".");
        }
        return summary.toString();
    }

    private static List<String> lines(String transcript, String speaker) {
        return transcript
                .lines()
                .filter(line -> line.startsWith(speaker))
                .map(line -> line.substring(speaker.length()).strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String shortened(String words) {
        var text = words.replace('"', '\'').replaceAll("[.!?]+$", "");
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
