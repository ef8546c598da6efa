package dev.callbus.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callbus.llm.ToolCall;
import java.util.ArrayList;
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

    boolean isEmpty() {
        return slots.isEmpty();
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

    List<ToolCall> calls() {
        return slots.stream()
                .map(slot -> new ToolCall(
                        slot.id.isEmpty()
                                ? "call_" + UUID.randomUUID().toString().replace("-", "")
                                : slot.id,
                        slot.name,
                        slot.arguments.isEmpty() ? "{}" : slot.arguments.toString(),
                        slot.extra.isEmpty() ? null : slot.extra.toString()))
                .toList();
    }

    private Slot slotFor(JsonNode delta, String name) {
        var id = text(delta.get("id"));
        var index = delta.get("index");
        @Nullable Slot slot = index != null && index.isIntegralNumber() ? indexed(index.asInt()) : unindexed(id, name);
        boolean anotherCall =
                slot != null && !name.isEmpty() && !id.isEmpty() && !slot.id.isEmpty() && !id.equals(slot.id);
        if (slot == null || anotherCall) {
            slot = new Slot(index == null ? -1 : index.asInt(-1), mapper.createObjectNode());
            slots.add(slot);
        }
        return slot;
    }

    /** The last slot with this index: servers that number all calls 0 continue the last one. */
    private @Nullable Slot indexed(int index) {
        for (int i = slots.size() - 1; i >= 0; i--) {
            if (slots.get(i).index == index) {
                return slots.get(i);
            }
        }
        return null;
    }

    private @Nullable Slot unindexed(String id, String name) {
        for (var slot : slots) {
            if (!id.isEmpty() && id.equals(slot.id)) {
                return slot;
            }
        }
        return !name.isEmpty() || !id.isEmpty() || slots.isEmpty() ? null : slots.getLast();
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

        void append(JsonNode piece) {
            var words = piece.isObject() ? piece.toString() : piece.asText("");
            boolean repeated = !arguments.isEmpty() && words.contentEquals(arguments) && isJson(arguments);
            if (!repeated) {
                arguments.append(words);
            }
        }
    }
}
