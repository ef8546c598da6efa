package dev.callbus.scenario;

import dev.callbus.bus.Protocol;
import dev.callbus.bus.StreamProtocol;
import dev.callbus.call.CallEvent;
import dev.callbus.call.CallProtocol;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What went over a server's bus as a picture in text: who told whom what and when, folded to what matters. */
final class Diagram {
    private static final String EVERYBODY = "(all)";
    private static final int MOST_LINES = 60;
    private static final int MOST_CHARACTERS = 100;

    private final Map<String, String> askers = new HashMap<>();
    private final Map<String, String> answerers = new HashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();

    private Diagram() {}

    /** The last of the messages, a line for each, with dots for what nobody is to see. */
    static List<String> of(List<BusLog.Timed> messages) {
        var diagram = new Diagram();
        messages.forEach(diagram::add);
        return diagram.lines();
    }

    private void add(BusLog.Timed message) {
        var seen = message.seen();
        if (isMachinery(seen.body())) {
            return;
        }
        var asker = askers.get(seen.address());
        boolean answer = asker != null;
        var from = answer ? answerers.getOrDefault(seen.address(), "?") : sender(seen.address(), seen.body());
        var to = asker == null ? receiver(seen.address(), seen.body()) : asker;
        if (seen.replyTo() != null) {
            askers.put(seen.replyTo(), from);
            answerers.put(seen.replyTo(), to);
        }
        draw(new Arrow(message.at(), from, to, answer, shown(seen.body()), words(seen.body())));
    }

    /** Words that go on are one line, also where they are passed on in between. */
    private void draw(Arrow arrow) {
        if (!arrow.words().isEmpty()) {
            for (int i = arrows.size() - 1; i >= 0 && arrows.get(i).isSpeech(); i--) {
                if (arrows.get(i).isLike(arrow)) {
                    arrows.set(i, arrows.get(i).with(arrow.words()));
                    return;
                }
            }
        }
        arrows.add(arrow);
    }

    private List<String> lines() {
        int skipped = Math.max(0, arrows.size() - MOST_LINES);
        var lines = new ArrayList<String>();
        if (skipped > 0) {
            lines.add("(" + skipped + " before)");
        }
        arrows.subList(skipped, arrows.size()).forEach(arrow -> lines.add(arrow.line()));
        return lines;
    }

    private static boolean isMachinery(Protocol body) {
        return switch (body) {
            case StreamProtocol.Opened opened -> true;
            case StreamProtocol.Credit credit -> true;
            case StreamProtocol.Ended ended -> ended.failure() == null;
            case CallProtocol.Info info -> true;
            case CallProtocol.Text(var token, boolean last) -> token.isEmpty();
            default -> false;
        };
    }

    /** Services are asked by calls; whoever speaks to a call is its channel. */
    private static String sender(String address, Protocol body) {
        if (body instanceof StreamProtocol.Item) {
            return "llm";
        }
        return address.startsWith("call.") || address.equals("calls.open") ? "channel" : "call";
    }

    private static String receiver(String address, Protocol body) {
        if (body instanceof StreamProtocol.Item) {
            return "call";
        }
        if (body instanceof CallEvent) {
            return EVERYBODY;
        }
        int dot = address.indexOf('.');
        return dot < 0 ? address : address.substring(0, dot);
    }

    /** A message as anybody may see it. */
    static String shown(Protocol body) {
        return switch (body) {
            case StreamProtocol.Open open -> shown(open.question());
            case StreamProtocol.Item item -> shown(item.payload());
            case LlmProtocol.Generate asked ->
                "Generate[" + asked.messages().size() + " messages, "
                        + asked.tools().size() + " tools]";
            case ModelEvent.ToolCalls calls ->
                calls.calls().stream().map(ToolCall::name).collect(Collectors.joining(", ", "ToolCalls[", "]"));
            case CallEvent.Answering answering ->
                "Answering[after=" + answering.after().toMillis() + " ms]";
            case CallEvent.TurnEnded over -> "TurnEnded[turn=" + over.turn() + ", outcome=" + over.outcome() + "]";
            default -> body.toString();
        };
    }

    private static String words(Protocol body) {
        return switch (body) {
            case CallProtocol.Text text -> text.token();
            case StreamProtocol.Item(long id, ModelEvent.Delta(var text)) -> text;
            default -> "";
        };
    }

    /** One line of the picture. */
    private record Arrow(Duration at, String from, String to, boolean answer, String text, String words) {

        /** Whether it is words, or tells of words. */
        boolean isSpeech() {
            return !words.isEmpty() || to.equals(EVERYBODY);
        }

        boolean isLike(Arrow other) {
            return !words.isEmpty() && from.equals(other.from) && to.equals(other.to);
        }

        Arrow with(String more) {
            return new Arrow(at, from, to, answer, text, words + more);
        }

        String line() {
            var said = Words.plain(words.isEmpty() ? text : "\"" + words + "\"");
            var brief = said.length() > MOST_CHARACTERS ? said.substring(0, MOST_CHARACTERS) + " …" : said;
            return "%8s  %-10s %s %-10s %s".formatted(Dialogue.seconds(at), from, answer ? "-->" : "──>", to, brief);
        }
    }
}
