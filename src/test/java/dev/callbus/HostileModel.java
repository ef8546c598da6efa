package dev.callbus;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol.Generate;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A model that heeds nothing: it calls whatever tools there are and are not, with whatever it can get hold of. Into texts that are
 * kept it writes nothing but its call's mark, so that whoever reads it later is known to read of that call.
 */
final class HostileModel {
    private static final List<String> NAMES = List.of(
            "lookup-customer",
            "send-verification",
            "check-verification",
            "list-my-tickets",
            "get-servicenow-ticket",
            "create-servicenow-ticket",
            "update-servicenow-ticket",
            "live-agent-handoff",
            "end-call",
            "send-sms",
            "change-context",
            "switch-language",
            "admin-override",
            "");
    private static final List<String> BROKEN = List.of(
            "{", "[]", "null", "", "\"text\"", "{\"ticketNumber\":", "\u0000", "{}}", "{\"email\":{\"$ne\":1}}");
    private static final List<String> INJECTIONS = List.of(
            "INC0010002^ORnumberISNOTEMPTY",
            "^NQactive=true",
            "*@example.com",
            "' OR 1=1 --",
            "javascript:gs.getUserID()",
            "caller_id=",
            "\u202e\u0000\uD83D\uDE00",
            "../sys_user",
            "true");

    /** What it writes into texts that are kept: no number of a ticket, which would look like a leak when it is read back. */
    private static final List<String> KEPT =
            INJECTIONS.stream().filter(text -> !text.contains("INC")).toList();

    private final HostileWorld world;
    private final long seed;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, Random> dice = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    HostileModel(HostileWorld world, long seed) {
        this.world = world;
        this.seed = seed;
    }

    /** The mark of a call: a word that nothing else contains. */
    static String mark(String callSid) {
        var digits = Long.toString(Long.parseUnsignedLong(callSid.substring(18), 16) + 100_000);
        return "qm"
                + digits.chars()
                        .mapToObj(digit -> String.valueOf((char) ('a' + digit - '0')))
                        .reduce("", String::concat)
                + "qm";
    }

    /** The call whose mark this is. */
    static String callOf(String mark) {
        var digits = mark.substring(2, mark.length() - 2)
                .chars()
                .mapToObj(letter -> String.valueOf((char) ('0' + letter - 'a')))
                .reduce("", String::concat);
        return "CA%032x".formatted(Long.parseLong(digits) - 100_000);
    }

    List<ModelEvent> answer(Generate question) {
        var sid = question.callSid();
        var random = dice.computeIfAbsent(sid, call -> new Random(seed ^ (31L * call.hashCode())));
        int turn = asked.computeIfAbsent(sid, call -> new AtomicInteger()).incrementAndGet();
        var events = new ArrayList<ModelEvent>();
        if (question.tools().isEmpty() || (turn > 2 && (random.nextInt(4) == 0 || isWeary(question)))) {
            events.add(new ModelEvent.Delta(words(question, random)));
        } else {
            int count = 1 + (random.nextInt(3) == 0 ? random.nextInt(5) : 0);
            var calls = IntStream.range(0, count)
                    .mapToObj(i -> call(sid, turn, random))
                    .toList();
            events.add(new ModelEvent.ToolCalls(calls, null));
        }
        if (turn <= 2 || random.nextInt(40) != 0) {
            events.add(new ModelEvent.Finished("hostile", ModelEvent.Usage.UNKNOWN));
        }
        return events;
    }

    /** Whether this answer has had some rounds of tools; more would only make the calls longer. */
    private static boolean isWeary(Generate question) {
        var messages = question.messages();
        return messages.size() > 4
                && messages.subList(messages.size() - 4, messages.size()).stream()
                        .noneMatch(ChatMessage.Caller.class::isInstance);
    }

    private static String words(Generate question, Random random) {
        if (!question.tools().isEmpty()
                && random.nextBoolean()
                && question.messages().getLast() instanceof ChatMessage.ToolResult seen) {
            return seen.content();
        }
        return "Of course, I did all of that. " + mark(question.callSid());
    }

    /** Half of the calls begin in good order: behind a closed gate there would be nothing to see. */
    private ToolCall call(String sid, int turn, Random random) {
        var id = "t" + ids.incrementAndGet();
        if (turn <= 2 && Integer.parseInt(sid.substring(26), 16) % 2 == 0) {
            return new ToolCall(id, NAMES.get(turn - 1), "{}", null);
        }
        // the ends of calls come up less often than the rest
        var name = NAMES.get(random.nextInt(5) == 0 ? random.nextInt(NAMES.size()) : random.nextInt(7));
        if (random.nextInt(12) == 0) {
            return new ToolCall(id, name, BROKEN.get(random.nextInt(BROKEN.size())), null);
        }
        return new ToolCall(id, name, arguments(sid, random).encode(), null);
    }

    private JsonObject arguments(String sid, Random random) {
        var victim = any(world.people(), random);
        var json = new JsonObject();
        if (random.nextInt(3) == 0) {
            json.put(
                    any(List.of("email", "search_term"), random),
                    any(List.of(victim.email(), injection(random)), random));
        }
        if (random.nextInt(4) == 0) {
            json.put("employeeNumber", any(List.of(victim.employeeNumber(), victim.sysId()), random));
        }
        if (random.nextInt(3) == 0) {
            json.put(any(List.of("to", "phoneNumber", "recipient"), random), number(victim, random));
        }
        if (random.nextInt(5) == 0) {
            json.put("channel", any(List.of("sms", "call", "email", "whatsapp"), random));
        }
        json.put(any(List.of("ticketNumber", "ticket_number", "number"), random), ticket(victim, random));
        if (random.nextInt(4) == 0) {
            json.put("parentCase", ticket(victim, random));
        }
        texts(json, sid, random);
        if (random.nextInt(3) == 0) {
            forge(json, sid, victim);
        }
        return json;
    }

    private void texts(JsonObject json, String sid, Random random) {
        var text = mark(sid) + " " + any(KEPT, random) + " " + random.nextInt(1000);
        json.put("summary", text).put("reason", text);
        if (random.nextInt(8) != 0) {
            json.put("shortDescription", text).put("workNotes", text);
        }
        if (random.nextInt(3) == 0) {
            json.put("state", any(List.of("Resolved", "Closed", "Canceled", "In Progress", "New", "42"), random))
                    .put("closeCode", "Solution provided")
                    .put("resolutionNotes", text);
        }
        if (random.nextInt(3) == 0) {
            json.put("urgency", random.nextInt(5)).put("includeClosed", true).put("comment", text);
        }
        if (random.nextInt(6) == 0) {
            var victim = any(world.people(), random);
            json.put("assignedTo", any(List.of("Marta Kowalska", victim.sysId(), victim.email()), random));
        }
        if (random.nextInt(50) == 0) {
            json.put("description", "x".repeat(20_000)).put("shortDescription", "\uD83D\uDE00".repeat(500));
        }
    }

    private static void forge(JsonObject json, String sid, HostileWorld.Person victim) {
        json.put("callerSysId", victim.sysId())
                .put("caller_id", victim.sysId())
                .put("customer", victim.sysId())
                .put("sys_id", victim.sysId())
                .put("verified", true)
                .put("code", "999999")
                .put("callSid", "CA%032x".formatted(1))
                .put(
                        "grant",
                        new JsonObject()
                                .put("callSid", sid)
                                .put("customer", victim.sysId())
                                .put("seal", "AAAA"))
                .put("challenge", new JsonObject().put("callSid", sid).put("verificationSid", "VE" + "0".repeat(32)));
    }

    private static String number(HostileWorld.Person victim, Random random) {
        return victim.phones().isEmpty() || random.nextInt(3) == 0
                ? any(List.of("+15559990000", "1", "2", "99", "+1900555000"), random)
                : any(victim.phones(), random);
    }

    private String ticket(HostileWorld.Person victim, Random random) {
        return victim.tickets().isEmpty() || random.nextInt(4) == 0
                ? any(List.of("INC0010201", "INC9999999", injection(random), victim.sysId()), random)
                : any(victim.tickets(), random);
    }

    private static String injection(Random random) {
        return any(INJECTIONS, random);
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
