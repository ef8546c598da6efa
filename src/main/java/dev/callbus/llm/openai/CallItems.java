package dev.callbus.llm.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts the function calls of a streamed response together, from the pieces of their arguments or from whole items. */
final class CallItems {
    private final ObjectMapper mapper;
    private final String provider;
    private final List<Item> items = new ArrayList<>();

    CallItems(ObjectMapper mapper, String provider) {
        this.mapper = mapper;
        this.provider = provider;
    }

    /** Whether no call has a name. */
    boolean isEmpty() {
        return items.stream().allMatch(item -> item.name.isEmpty());
    }

    /**
     * Takes a function call item as it was announced, finished or repeated at the end.
     *
     * @param reasoning what precedes it if it is new
     * @return whether it is new
     */
    boolean item(JsonNode event, JsonNode call, List<JsonNode> reasoning) {
        var id = call.path("id").asText("");
        int index = event.path("output_index").asInt(-1);
        var item = find(id, index);
        boolean begins = item == null;
        if (item == null) {
            item = new Item(id, index, new Echo(reasoning, null));
            items.add(item);
        }
        item.callId = or(call.path("call_id").asText(""), item.callId);
        item.name = or(call.path("name").asText(""), item.name);
        item.replace(call.path("arguments").asText(""));
        return begins;
    }

    /** Takes a further piece of a call's arguments. */
    void piece(JsonNode event) {
        var item = ofEvent(event);
        if (item != null) {
            item.arguments.append(event.path("delta").asText(""));
        }
    }

    /** Takes a call's arguments as a whole, which count whatever pieces came. */
    void arguments(JsonNode event) {
        var item = ofEvent(event);
        if (item != null) {
            item.replace(event.path("arguments").asText(""));
        }
    }

    /** Whether every call has arguments that are whole JSON. */
    boolean areWhole() {
        return items.stream().allMatch(item -> isJson(item.arguments.toString()));
    }

    /** The calls in the order in which they began, each with an id of its own. */
    List<ToolCall> calls() {
        var ids = new HashSet<String>();
        var calls = new ArrayList<ToolCall>();
        for (var item : items) {
            if (!item.name.isEmpty()) {
                boolean fresh = !item.callId.isEmpty() && ids.add(item.callId);
                calls.add(new ToolCall(
                        fresh
                                ? item.callId
                                : "call_" + UUID.randomUUID().toString().replace("-", ""),
                        item.name,
                        item.arguments.isEmpty() ? "{}" : item.arguments.toString(),
                        item.echo.write(mapper, provider)));
            }
        }
        return calls;
    }

    private @Nullable Item ofEvent(JsonNode event) {
        return find(event.path("item_id").asText(""), event.path("output_index").asInt(-1));
    }

    private @Nullable Item find(String id, int index) {
        for (var item : items) {
            boolean anonymous = id.isEmpty() || item.id.isEmpty();
            if (anonymous ? item.index == index : item.id.equals(id)) {
                return item;
            }
        }
        return null;
    }

    private boolean isJson(String arguments) {
        try {
            return arguments.isEmpty() || mapper.readTree(arguments).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static String or(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /** One function call in the making. */
    private static final class Item {
        final String id;
        final int index;
        final Echo echo;
        final StringBuilder arguments = new StringBuilder();
        String callId = "";
        String name = "";

        Item(String id, int index, Echo echo) {
            this.id = id;
            this.index = index;
            this.echo = echo;
        }

        void replace(String whole) {
            if (!whole.isEmpty()) {
                arguments.setLength(0);
                arguments.append(whole);
            }
        }
    }
}
