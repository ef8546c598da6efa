package dev.callbus.llm.dialog;

import dev.callbus.config.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The names that a flow file uses of something that is described elsewhere in it; all are checked once it has been read. */
final class FlowNames {
    /** What can be named. */
    enum Kind {
        UTTERANCE("utterance", "say"),
        FORM("form", "forms"),
        INTENT("intent", "phrases.yaml"),
        WORDS("list of words", "words");

        private final String word;
        private final String place;

        Kind(String word, String place) {
            this.word = word;
            this.place = place;
        }
    }

    private final List<Use> uses = new ArrayList<>();

    private record Use(Kind kind, String name, FlowValue at) {}

    /** This name is used here. */
    String use(Kind kind, String name, FlowValue at) {
        if (!name.isEmpty()) {
            uses.add(new Use(kind, name, at));
        }
        return name;
    }

    /** Whatever is used of this kind must be one of these. */
    void check(Kind kind, Collection<String> known) {
        for (var use : uses) {
            if (use.kind == kind && !known.contains(use.name)) {
                var remedy = known.isEmpty()
                        ? "Describe it under " + kind.place
                        : "Did you mean " + NearestName.of(use.name, known) + "? Else describe it under " + kind.place;
                use.at.fault("names the " + kind.word + " " + use.name + ", which does not exist", remedy);
            }
        }
    }
}
