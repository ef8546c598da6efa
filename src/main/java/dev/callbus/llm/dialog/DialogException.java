package dev.callbus.llm.dialog;

import java.util.List;
import java.util.stream.Collectors;

/** Flow files that can't be used; the message lists all faults, one a line, as {@code file:line: what is wrong. What to do.} */
public final class DialogException extends Exception {
    private final List<String> faults;

    public DialogException(List<String> faults) {
        super(faults.stream().collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** All of them, by file and line. */
    public List<String> faults() {
        return faults;
    }
}
