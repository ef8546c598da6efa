package dev.callbus.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.llm.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of streamed tool calls together, tolerant of servers that leave out the index, give all calls index 0,
 * leave out or repeat ids, or send a call in one piece.
 */
final class ToolSlots {
    private static final Set<String> KNOWN = Set.of("index", "id", "type", "function");

    private final ObjectMapper mapper;
    private final List<Slot> slots = new ArrayList<>();

    ToolSlots(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Whether no call has a name; what came without one belongs to no call. */
    boolean isEmpty() {
        return slots.stream().allMatch(slot -> slot.name.isEmpty());
    }

    /** Takes the {@code tool_calls} of a delta. */
    void merge(JsonNode deltas) {
        for (var delta : deltas) {
            var function = delta.path("function");
            var slot = slotFor(delta, text(function.get("name")));
            slot.name = firstNonEmpty(text(function.get("name")), slot.name);
            slot.id = firstNonEmpty(slot.id, text(delta.get("id")));
            slot.append(function.path("arguments"));
            delta.fields().forEachRemaining(field -> {
                if (!KNOWN.contains(field.getKey())) {
                    slot.extra.set(field.getKey(), field.getValue());
                }
            });
        }
    }

    /** Whether every call has a name and arguments that are whole JSON. */
    boolean areWhole() {
        return slots.stream().allMatch(slot -> !slot.name.isEmpty() && isJson(slot.arguments));
    }

    /** The calls in the order in which they began, each with an id of its own. */
    List<ToolCall> calls() {
        var ids = new HashSet<String>();
        var calls = new ArrayList<ToolCall>();
        for (var slot : slots) {
            if (!slot.name.isEmpty()) {
                calls.add(new ToolCall(
                        slot.id.isEmpty() || !ids.add(slot.id) ? randomId() : slot.id,
                        slot.name,
                        slot.arguments.isEmpty() ? "{}" : slot.arguments.toString(),
                        slot.extra.isEmpty() ? null : slot.extra.toString()));
            }
        }
        return calls;
    }

    private static String randomId() {
        return "call_" + UUID.randomUUID().toString().replace("-", "");
    }

    private Slot slotFor(JsonNode delta, String name) {
        var id = text(delta.get("id"));
        var index = delta.get("index");
        @Nullable
        Slot slot = index != null && index.isIntegralNumber() ? indexed(index.asInt(), id) : unindexed(id, name);
        if (slot == null || slot.isFollowedBy(id, name)) {
            slot = new Slot(index == null ? -1 : index.asInt(-1), mapper.createObjectNode());
            slots.add(slot);
        }
        return slot;
    }

    /** The slot with this index and id, else the last one with this index: some servers number all calls 0. */
    private @Nullable Slot indexed(int index, String id) {
        @Nullable Slot last = null;
        for (var slot : slots) {
            if (slot.index == index) {
                if (!id.isEmpty() && id.equals(slot.id)) {
                    return slot;
                }
                last = slot;
            }
        }
        return last;
    }

    private @Nullable Slot unindexed(String id, String name) {
        for (var slot : slots) {
            if (!id.isEmpty() && id.equals(slot.id)) {
                return slot;
            }
        }
        if (slots.isEmpty()) {
            return null;
        }
        var last = slots.getLast();
        boolean begins = !name.isEmpty() || !id.isEmpty();
        return begins && !last.isBlank() ? null : last;
    }

    private boolean isJson(CharSequence arguments) {
        if (arguments.isEmpty()) {
            return true;
        }
        try {
            return mapper.readTree(arguments.toString()).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? "" : node.asText();
    }

    private static String firstNonEmpty(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /** One tool call in the making. */
    private final class Slot {
        final int index;
        final ObjectNode extra;
        final StringBuilder arguments = new StringBuilder();
        String id = "";
        String name = "";

        Slot(int index, ObjectNode extra) {
            this.index = index;
            this.extra = extra;
        }

        /** Whether only what belongs to a call came so far, but nothing of the call itself. */
        boolean isBlank() {
            return id.isEmpty() && name.isEmpty();
        }

        /** Whether a delta with this id and name, either maybe empty, begins another call in spite of its index. */
        boolean isFollowedBy(String otherId, String otherName) {
            if (otherName.isEmpty() || isBlank()) {
                return false;
            }
            if (!id.isEmpty() && !otherId.isEmpty()) {
                return !otherId.equals(id);
            }
            return !name.isEmpty() && !otherName.equals(name);
        }

        void append(JsonNode piece) {
            var words = piece.isObject() ? piece.toString() : piece.asText("");
            boolean repeated = !arguments.isEmpty() && words.contentEquals(arguments) && isJson(arguments);
            if (!repeated) {
                arguments.append(words);
            }
        }
    }
}
