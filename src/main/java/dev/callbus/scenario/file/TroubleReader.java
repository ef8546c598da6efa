package dev.callbus.scenario.file;

import dev.callbus.config.NearestName;
import dev.callbus.scenario.Trouble;
import java.util.Set;

/** Reads what breaks. */
final class TroubleReader {
    private static final Set<String> OF_A_CLUSTER = Set.of("kill-node", "kill-owner", "stop-node", "partition");

    private TroubleReader() {}

    static Trouble read(Written value) {
        var name = value.text();
        if (OF_A_CLUSTER.contains(name)) {
            throw value.wrong(
                    "\"" + name + "\" needs several nodes, and a scenario has one",
                    "Leave it out; it comes with the cluster");
        }
        return Trouble.of(name)
                .orElseThrow(() -> value.wrong(
                        "nothing breaks as \"" + name + "\"",
                        "Did you mean \"" + NearestName.of(name, Trouble.names()) + "\"? What may break is "
                                + String.join(", ", Trouble.names())));
    }
}
