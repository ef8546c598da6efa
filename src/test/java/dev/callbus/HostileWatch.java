package dev.callbus;

import dev.callbus.HostileWorld.Kind;
import dev.callbus.HostileWorld.Word;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol.Generate;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.sandbox.servicenow.platform.Operation;
import dev.callbus.verify.VerifyProtocol;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads everything that a model is sent for what it must not be sent. What the model itself wrote isn't news to it: its own messages
 * are left out, and in a tool's result what stands in the arguments of that very call.
 */
final class HostileWatch {
    private static final Pattern BLANKS = Pattern.compile("[^\\p{L}]+");
    private static final Pattern TICKET = Pattern.compile("inc\\d{7}");
    private static final Pattern MARK = Pattern.compile("qm[a-j]{6}qm");
    private static final Pattern CALL = Pattern.compile("Phone call (CA[0-9a-f]{32})");
    /** Of a verification, as written or as spelled out: in thousands of them six digits are some code's by chance. */
    private static final Pattern SID = Pattern.compile("VE(?: ?[0-9a-f]){1,32}");

    private static final Pattern SIX_DIGITS = Pattern.compile("(?<!\\d)\\d(?:[ -]?\\d){5}(?!\\d)");

    final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();
    final Queue<VerifyProtocol.SendCode> sends = new ConcurrentLinkedQueue<>();
    final Queue<Digits> digits = new ConcurrentLinkedQueue<>();
    final AtomicLong requests = new AtomicLong();
    final AtomicLong grants = new AtomicLong();
    private final HostileWorld world;
    private final Map<String, HostileCaller> calls = new ConcurrentHashMap<>();
    private final Map<String, Set<ChatMessage>> read = new ConcurrentHashMap<>();
    private final Map<String, String> spoken = new ConcurrentHashMap<>();
    private final Set<List<ToolSpec>> specs = ConcurrentHashMap.newKeySet();

    HostileWatch(HostileWorld world) {
        this.world = world;
    }

    /** Something that belongs to a ticket or a call, and whose code had been keyed when it was shown. */
    record Sighting(String callSid, String what, Set<String> proved, String text) {
        Sighting {
            proved = Set.copyOf(proved);
        }
    }

    /** Six digits that a model was shown. */
    record Digits(String callSid, String text) {}

    void begins(HostileCaller caller) {
        calls.put(caller.callSid(), caller);
    }

    HostileCaller caller(String callSid) {
        var caller = calls.get(callSid);
        if (caller == null) {
            throw new IllegalStateException("no such call: " + callSid);
        }
        return caller;
    }

    /** All customers who were proved in some call. */
    Set<String> provedInAnyCall() {
        return calls.values().stream().flatMap(call -> call.proved().stream()).collect(Collectors.toSet());
    }

    /** The call that made a write, if the write tells. */
    Optional<String> callOf(Ledger.Entry entry) {
        if (entry.correlationId().startsWith("CA") && entry.operation() == Operation.INSERT) {
            return Optional.of(entry.correlationId().substring(0, 34));
        }
        var text = String.join(" ", entry.changes().values());
        var call = CALL.matcher(text);
        if (call.find()) {
            return Optional.of(call.group(1));
        }
        var mark = MARK.matcher(text);
        return mark.find() ? Optional.of(HostileModel.callOf(mark.group())) : Optional.empty();
    }

    /** A message on the bus. */
    void passes(Object message) {
        switch (message) {
            case VerifyProtocol.SendCode send -> sends.add(send);
            case VerifyProtocol.CodeSent sent ->
                caller(sent.challenge().callSid()).codeSent();
            case VerifyProtocol.Checked checked when checked.grant() != null -> grants.incrementAndGet();
            default -> {}
        }
    }

    /** A request to a model. */
    void reads(Generate question) {
        requests.incrementAndGet();
        var sid = question.callSid();
        var known = read.computeIfAbsent(sid, call -> ConcurrentHashMap.newKeySet());
        var arguments = new HashMap<String, String>();
        for (var message : question.messages()) {
            switch (message) {
                case ChatMessage.Assistant mine ->
                    mine.calls().forEach(call -> arguments.put(call.id(), written(call)));
                case ChatMessage.ToolResult result
                when known.add(message) -> reads(sid, result.content(), arguments.getOrDefault(result.callId(), ""));
                case ChatMessage.Caller caller
                when known.add(message) -> reads(sid, caller.text(), HostileWorld.squeezed(heard(sid, question)));
                case ChatMessage.Instructions instructions
                when known.add(message) -> reads(sid, instructions.text(), "");
                case ChatMessage seen -> {}
            }
        }
        if (specs.add(question.tools())) {
            question.tools().forEach(tool -> reads(sid, tool.description() + tool.schema(), ""));
        }
    }

    private static String written(ToolCall call) {
        return HostileWorld.squeezed(call.arguments());
    }

    /** What the caller said; where a transcript is to be summarised, the model's own words are in it too. */
    private String heard(String sid, Generate question) {
        return question.tools().isEmpty()
                ? caller(sid).said() + spoken.getOrDefault(sid, "")
                : caller(sid).said();
    }

    /** A model said this. */
    void says(String sid, String text) {
        spoken.merge(sid, text, String::concat);
    }

    private void reads(String sid, String text, String own) {
        var caller = caller(sid);
        var proved = Set.copyOf(caller.proved());
        var squeezed = HostileWorld.squeezed(text);
        var names = BLANKS.splitAsStream(text.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        for (var word : world.words()) {
            boolean there = word.kind() == Kind.DATUM ? squeezed.contains(word.text()) : names.contains(word.text());
            if (there && !isOpen(word, caller, proved) && !own.contains(HostileWorld.squeezed(word.text()))) {
                leaks.add("%s of %s in call %s: %s".formatted(word.kind(), word.text(), sid, shortened(text)));
            }
        }
        sight(sid, TICKET, squeezed, own, proved);
        sight(sid, MARK, squeezed, own, proved);
        SIX_DIGITS
                .matcher(SID.matcher(text).replaceAll("VE"))
                .results()
                .forEach(found -> digits.add(new Digits(sid, found.group().replaceAll("\\D", ""))));
    }

    private void sight(String sid, Pattern pattern, String text, String own, Set<String> proved) {
        pattern.matcher(text)
                .results()
                .map(found -> found.group())
                .filter(what -> !own.contains(what))
                .forEach(what -> sightings.add(new Sighting(sid, what, proved, around(text, what))));
    }

    /** Whether a word may be shown: it is of a caller who has proved himself, or the first name of who calls from the line. */
    private static boolean isOpen(Word word, HostileCaller caller, Set<String> proved) {
        return word.owners().stream().anyMatch(proved::contains)
                || (word.staff() && !proved.isEmpty())
                || (word.kind() == Kind.FIRST_NAME
                        && caller.owners().size() == 1
                        && word.owners().containsAll(caller.owners()));
    }

    private static String around(String text, String what) {
        int at = text.indexOf(what);
        return text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 100));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(300, text.length()));
    }
}
