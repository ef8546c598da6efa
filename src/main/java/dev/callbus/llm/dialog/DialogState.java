package dev.callbus.llm.dialog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.Form;
import dev.callbus.llm.dialog.flow.OtherBot;
import dev.callbus.llm.dialog.flow.Step;
import dev.callbus.llm.dialog.flow.Template;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a conversation stands. It is made from the history for each decision, and dropped after it. */
final class DialogState implements Template.Values {
    private static final int LONGEST_QUOTE = 240;
    private static final int LONGEST_TITLE = 120;

    final Flow flow;
    final Map<String, String> memory = new LinkedHashMap<>();
    final Deque<Frame> stack = new ArrayDeque<>();
    final Map<String, Integer> said = new HashMap<>();
    final Set<String> calledThisTurn = new HashSet<>();
    final Set<String> running = new HashSet<>();
    final Set<String> tickets = new LinkedHashSet<>();
    final List<String> wishes = new ArrayList<>();
    /** What was read out last, as far as the caller has heard it. */
    List<ReadOut.Item> readOut = List.of();
    /** Whether the caller has just spoken of something that was read out, and it can't be told of which. */
    boolean unclear;

    String language;
    /** The caller's last words. */
    Heard heard = Heard.NOTHING;
    /** The agent's last words. */
    String spoken = "";
    /** The utterance that was asked last and that the caller has heard. */
    @Nullable
    String asked;
    /** What the last tool returned. */
    JsonNode result = MissingNode.getInstance();

    int misses;
    int blanks;
    int setbacks;

    /** A form that is being filled in. */
    static final class Frame {
        final Form form;
        boolean interrupted;
        /** Whether it has gone on after something else, so that what was spoken of then isn't taken for its own. */
        boolean resumed;

        Frame(Form form) {
            this.form = form;
        }
    }

    DialogState(Flow flow) {
        this.flow = flow;
        this.language = flow.language();
    }

    /** The form that is being filled in now. */
    @Nullable
    Frame top() {
        return stack.peek();
    }

    boolean isIn(String form) {
        return stack.stream().anyMatch(frame -> frame.form.name().equals(form));
    }

    /** Whether the form that is being filled in now is one of these; of none, any place will do. */
    boolean isInPlace(List<String> forms) {
        var top = top();
        return forms.isEmpty() || (top != null && forms.contains(top.form.name()));
    }

    /** The step of the present form that asked what the caller now answers. */
    Step.@Nullable Ask askedStep() {
        var top = top();
        return top == null || asked == null
                ? null
                : flow.stepAsking(top.form.name(), asked).orElse(null);
    }

    /** The step that is to be taken next; null if there is none. */
    @Nullable
    Step open() {
        var top = top();
        return top == null
                ? null
                : top.form.steps().stream()
                        .filter(step -> !isDone(step))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether this step has nothing left to do. */
    boolean isDone(Step step) {
        return !memory(step.get()).isEmpty()
                || (step instanceof Step.Ask ask
                        && ask.or().stream().anyMatch(name -> !memory(name).isEmpty()))
                || !step.when().holds(this::named);
    }

    String memory(String name) {
        return memory.getOrDefault(name, "");
    }

    void remember(String name, String value) {
        if (value.isEmpty()) {
            memory.remove(name);
        } else {
            memory.put(name, value);
        }
    }

    /** The value of a name: what is remembered, an option of the flow, or what the dialog knows by itself. */
    String named(String name) {
        if (name.startsWith("result.")) {
            return Results.text(result, name.substring("result.".length()));
        }
        if (name.startsWith("heard.")) {
            return heard.entities().getOrDefault(name.substring("heard.".length()), "");
        }
        if (name.startsWith("short.")) {
            return shortened(named(name.substring("short.".length())), LONGEST_TITLE);
        }
        var remembered = memory.get(name);
        if (remembered != null) {
            return remembered;
        }
        return switch (name) {
            case "heard" -> heard.text();
            case "said" -> spoken;
            case "sure" -> heard.confidence() >= Heard.SURE ? "true" : "";
            case "asked" -> asked == null ? "" : asked;
            case "language" -> language;
            case "unclear" -> unclear ? "true" : "";
            case "read_out" -> readOut.isEmpty() ? "" : String.valueOf(readOut.size());
            case "busy" -> stack.isEmpty() ? "" : "true";
            case "summary" -> summary();
            case "fitting_remedy" -> Remedies.fitting(flow, heard.text());
            case "more_remedy" -> Remedies.hasNext(this) ? "true" : "";
            case "bots" -> Bots.listed(flow);
            case "chosen_bot" -> Bots.chosen(this).map(OtherBot::title).orElse("");
            default -> flow.options().getOrDefault(name, "");
        };
    }

    @Override
    public String value(Template.Place place) {
        var value = named(place.name());
        return place.words() == null ? value : word(place.words(), value);
    }

    /** What a value is called in the language of the conversation. */
    String word(String list, String value) {
        var byLanguage = flow.words().getOrDefault(list, Map.of());
        var words = byLanguage.getOrDefault(
                language, byLanguage.getOrDefault("any", byLanguage.getOrDefault(flow.language(), Map.of())));
        for (var word : words.entrySet()) {
            if (word.getKey().equalsIgnoreCase(value)) {
                return word.getValue();
            }
        }
        return words.getOrDefault("other", value).replace("{value}", value);
    }

    /** The text as a title: one line with a capital, cut after a whole word. */
    private static String shortened(String text, int most) {
        var line = text.replaceAll("\\s+", " ").strip();
        if (line.length() > most) {
            int end = line.lastIndexOf(' ', most);
            line = line.substring(0, end > most / 2 ? end : most) + "…";
        }
        return line.isEmpty() ? line : Character.toUpperCase(line.charAt(0)) + line.substring(1);
    }

    private String summary() {
        var text = new StringBuilder();
        if (wishes.isEmpty()) {
            text.append("The caller spoke with the automated assistant.");
        } else {
            text.append("The caller said: ");
            wishes.stream()
                    .limit(3)
                    .forEach(wish -> text.append('"')
                            .append(shortened(wish, LONGEST_QUOTE))
                            .append("\" "));
        }
        if (!tickets.isEmpty()) {
            text.append(" Tickets spoken of: ")
                    .append(String.join(", ", tickets))
                    .append('.');
        }
        return text.toString().replaceAll("  +", " ").strip();
    }
}
