package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.understanding.Entities;
import java.util.Set;

/** The values that a flow file names: each must be got, set or known somewhere, or it would never be there in a call. */
final class ValueNames {
    private static final String RESULT = "result.";
    private static final String HEARD = "heard.";
    private static final String SHORT = "short.";

    /** What the dialog knows or remembers by itself, see {@link DialogState#named}. */
    private static final Set<String> OWN = Set.of(
            "heard", "said", "sure", "asked", "language", "busy", "summary", "fitting_remedy", "more_remedy", "bots",
            "chosen_bot", "remedy", "remedy_step", "invalid", "key", "option");

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

    ValueNames(FlowNames names) {
        this.names = names;
        names.define(FlowNames.Kind.VALUE, OWN);
        names.define(FlowNames.Kind.ENTITY, ENTITIES);
    }

    /** This value is got or set. */
    String gets(String name) {
        return names.define(FlowNames.Kind.VALUE, name);
    }

    /** This value is asked for here; what a tool returns can't be known before. */
    void uses(String name, FlowValue at) {
        if (name.startsWith(HEARD)) {
            names.use(FlowNames.Kind.ENTITY, name.substring(HEARD.length()), at);
        } else if (name.startsWith(SHORT)) {
            uses(name.substring(SHORT.length()), at);
        } else if (!name.startsWith(RESULT)) {
            names.use(FlowNames.Kind.VALUE, name, at);
        }
    }

    /** The caller's choice brings this. */
    void hears(String entity) {
        names.define(FlowNames.Kind.ENTITY, entity);
    }
}
