package dev.callbus.llm.dialog.flow.file;

import dev.callbus.config.NearestName;
import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.Template;
import dev.callbus.llm.dialog.understanding.Entities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values that a flow file names. Each must be got, set or known somewhere, or it would never be there in a call; what is set
 * must be asked for somewhere, or it was meant to be another one; and it can only be compared with what it may become.
 */
final class ValueNames {
    private static final String RESULT = "result.";
    private static final String HEARD = "heard.";
    private static final String SHORT = "short.";
    private static final String NAME = "[A-Za-z_]\\w*";

    /** What the dialog knows or remembers by itself, see {@code DialogState.named}. */
    private static final Set<String> OWN = Set.of(
            "heard",
            "said",
            "sure",
            "asked",
            "language",
            "unclear",
            "undecided",
            "read_out",
            "busy",
            "summary",
            "fitting_remedy",
            "more_remedy",
            "bots",
            "chosen_bot",
            "remedy",
            "remedy_step",
            "invalid",
            "key",
            "option");

    private static final Set<String> FLAGS = Set.of("sure", "busy", "unclear", "undecided", "more_remedy");

    private static final Set<String> ENTITIES = Set.of(
            Entities.EMAIL,
            Entities.TICKET,
            Entities.PHONE,
            Entities.PRIORITY,
            Entities.DATE,
            Entities.EMPLOYEE,
            Entities.CHOICE,
            Entities.DIGITS,
            Entities.CODE);

    private final FlowNames names;
    private final Map<String, Set<String>> become = new HashMap<>();
    private final Set<String> open = new HashSet<>(OWN);
    private final Set<String> asked = new HashSet<>();
    private final Set<String> needed = new HashSet<>();
    private final List<Use> sets = new ArrayList<>();
    private final List<Use> answers = new ArrayList<>();
    private final List<Use> compared = new ArrayList<>();

    private record Use(String name, String value, FlowValue at) {}

    ValueNames(FlowNames names) {
        this.names = names;
        names.define(FlowNames.Kind.VALUE, OWN);
        names.define(FlowNames.Kind.ENTITY, ENTITIES);
        open.removeAll(FLAGS);
        FLAGS.forEach(flag -> become(flag, "true"));
    }

    /** A step gets this value here, and it may become anything. */
    String gets(String name, FlowValue at) {
        open.add(name);
        return defined(name, at);
    }

    /** An action sets this value. */
    void sets(String name, Template value, FlowValue at) {
        sets.add(new Use(name, "", at));
        becomes(name, List.of(value), at);
    }

    /** This value becomes one of these here, as they are written, or the text that is made of one of them. */
    void becomes(String name, Iterable<Template> values, FlowValue at) {
        defined(name, at);
        for (var value : values) {
            if (value.places().isEmpty()) {
                become(name, value.source());
            } else {
                open.add(name);
            }
        }
    }

    /** A value is kept under this name. */
    void keeps(String name, FlowValue at) {
        sets.add(new Use(name, "", at));
        gets(name, at);
    }

    /** The caller's answer is got here, and somebody has to ask for it. */
    void means(String name, FlowValue at) {
        answers.add(new Use(name, "", at));
    }

    /** A form isn't done without this value: who sets it does so for that. */
    void needs(String name) {
        needed.add(name);
    }

    private void become(String name, String value) {
        become.computeIfAbsent(name, none -> new TreeSet<>()).add(value);
    }

    private String defined(String name, FlowValue at) {
        if (!name.isEmpty() && !name.matches(NAME)) {
            at.fault("has the name " + name + " for a value", "Write letters, digits and _ only");
        }
        return names.define(FlowNames.Kind.VALUE, name);
    }

    /** This value is asked for here; what a tool returns can't be known before. */
    void uses(String name, FlowValue at) {
        if (name.startsWith(HEARD)) {
            names.use(FlowNames.Kind.ENTITY, name.substring(HEARD.length()), at);
        } else if (name.startsWith(SHORT)) {
            uses(name.substring(SHORT.length()), at);
        } else if (!name.startsWith(RESULT)) {
            asked.add(name);
            names.use(FlowNames.Kind.VALUE, name, at);
        }
    }

    /** This value is compared with another one here. */
    void compares(String name, String value, FlowValue at) {
        if (name.equals("asked")) {
            names.use(FlowNames.Kind.UTTERANCE, value, at);
        } else if (!name.contains(".")) {
            compared.add(new Use(name, value, at));
        }
    }

    /** The caller's choice brings this. */
    void hears(String entity) {
        names.define(FlowNames.Kind.ENTITY, entity);
    }

    private void checkAsked(Use use) {
        if (!asked.contains(use.name)) {
            use.at.fault(
                    "gives the value " + use.name + ", which nothing asks for",
                    asked.isEmpty()
                            ? "Remove it"
                            : "Did you mean " + NearestName.of(use.name, asked) + "? Else remove it");
        }
    }

    /** All has been read. */
    void check(Flow flow) {
        open.remove("language");
        flow.languages().forEach(language -> become("language", language));
        answers.forEach(this::checkAsked);
        sets.stream().filter(use -> !needed.contains(use.name)).forEach(this::checkAsked);
        for (var use : compared) {
            var known = become.get(use.name);
            if (known != null && !open.contains(use.name) && known.stream().noneMatch(use.value::equalsIgnoreCase)) {
                var nearest = new TreeSet<>(known);
                nearest.add("any");
                nearest.add("none");
                use.at.fault(
                        "is never " + use.value,
                        "Did you mean " + NearestName.of(use.value, nearest) + "? It becomes "
                                + String.join(", ", known));
            }
        }
    }
}
