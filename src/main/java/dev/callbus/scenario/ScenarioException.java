package dev.callbus.scenario;

import java.util.List;

/** Scenario files that can't be used; each fault is a line {@code file:line: what. What to do.} */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    public ScenarioException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** One fault. */
    public ScenarioException(Scenario.Place place, String what, String remedy) {
        this(List.of(place + ": " + what + ". " + remedy + "."));
    }

    /** The faults in the order of the files. */
    public List<String> faults() {
        return faults;
    }
}
