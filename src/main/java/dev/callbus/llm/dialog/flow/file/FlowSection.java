package dev.callbus.llm.dialog.flow.file;

import dev.callbus.config.NearestName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mapping of a flow file that has known keys only: what nobody has asked for when it is closed is a fault. */
final class FlowSection {
    private final FlowValue value;
    private final Map<String, FlowValue> members;
    private final Set<String> known = new LinkedHashSet<>();

    FlowSection(FlowValue value, Map<String, FlowValue> members) {
        this.value = value;
        this.members = members;
    }

    FlowValue value() {
        return value;
    }

    boolean has(String key) {
        known.add(key);
        return members.containsKey(key);
    }

    Optional<FlowValue> get(String key) {
        known.add(key);
        return Optional.ofNullable(members.get(key));
    }

    /** A text that must be there. */
    String required(String key) {
        var found = get(key);
        if (found.isEmpty()) {
            value.fault("has no " + key, "Add \"" + key + ": …\" to it");
        }
        return found.map(FlowValue::text).orElse("");
    }

    String text(String key) {
        return get(key).map(FlowValue::text).orElse("");
    }

    /** Whether this is said to be so; false if nothing is said of it. */
    boolean flag(String key) {
        return get(key).map(FlowValue::flag).orElse(false);
    }

    List<String> texts(String key) {
        return get(key).map(FlowValue::texts).orElse(List.of());
    }

    Map<String, String> textMembers(String key) {
        return get(key).map(FlowValue::textMembers).orElse(Map.of());
    }

    /** All keys have been asked for: any other one is a fault. */
    void close() {
        members.forEach((key, member) -> {
            if (!known.contains(key)) {
                member.fault(
                        "is no key that belongs here",
                        "Did you mean " + NearestName.of(key, known) + "? The keys are " + String.join(", ", known));
            }
        });
    }
}
