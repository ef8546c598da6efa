package dev.callbus.config;

import java.util.List;
import java.util.stream.Collectors;

/** All faults of a node's configuration or of its assets at once; the message is a text for whoever wrote them. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigFault> faults;

    /**
     * Faults of one subject.
     *
     * @param subject what has the faults, as the message begins: {@code The configuration}
     */
    public ConfigException(String subject, List<ConfigFault> faults) {
        super(message(subject, faults));
        this.faults = List.copyOf(faults);
    }

    /** The faults, in the order in which they were found. */
    public List<ConfigFault> faults() {
        return faults;
    }

    private static String message(String subject, List<ConfigFault> faults) {
        var count = faults.size() == 1 ? "one fault" : faults.size() + " faults";
        return faults.stream()
                .map(fault -> "  * " + fault)
                .collect(Collectors.joining("\n", subject + " has " + count + ":\n", ""));
    }
}
