package dev.callbus.llm.dialog.flow.file;

import dev.callbus.config.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The names that a flow file uses of something that is described elsewhere in it; all are checked once it has been read. */
final class FlowNames {
    /** What can be named. */
    enum Kind {
        UTTERANCE("utterance", "Describe it under say"),
        FORM("form", "Describe it under forms"),
        INTENT("intent", "Describe it under phrases.yaml"),
        WORDS("list of words", "Describe it under words"),
        VALUE("value", "Let a step get it, or an action set it"),
        ENTITY("entity", "Let a menu's payload bring it");

        private final String word;
        private final String remedy;

        Kind(String word, String remedy) {
            this.word = word;
            this.remedy = remedy;
        }
    }

    private final List<Use> uses = new ArrayList<>();
    private final Map<Kind, Collection<String>> defined = new EnumMap<>(Kind.class);

    private record Use(Kind kind, String name, FlowValue at) {}

    /** This name is used here. */
    String use(Kind kind, String name, FlowValue at) {
        if (!name.isEmpty()) {
            uses.add(new Use(kind, name, at));
        }
        return name;
    }

    /** This name may be used of this kind. */
    String define(Kind kind, String name) {
        defined.computeIfAbsent(kind, none -> new TreeSet<>()).add(name);
        return name;
    }

    void define(Kind kind, Collection<String> names) {
        names.forEach(name -> define(kind, name));
    }

    /** What is used of this kind can't be checked. */
    void trust(Kind kind) {
        uses.removeIf(use -> use.kind == kind);
    }

    /** Whatever is used must have been defined. */
    void check() {
        for (var use : uses) {
            var known = defined.getOrDefault(use.kind, List.of());
            if (!known.contains(use.name)) {
                use.at.fault(
                        "names the " + use.kind.word + " " + use.name + ", which does not exist",
                        known.isEmpty()
                                ? use.kind.remedy
                                : "Did you mean " + NearestName.of(use.name, known) + "? Else "
                                        + Character.toLowerCase(use.kind.remedy.charAt(0))
                                        + use.kind.remedy.substring(1));
            }
        }
    }
}
