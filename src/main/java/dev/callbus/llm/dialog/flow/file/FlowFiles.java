package dev.callbus.llm.dialog.flow.file;

import dev.callbus.llm.ToolSpec;
import dev.callbus.llm.dialog.flow.Flow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the flow files of a directory. */
public final class FlowFiles {
    /** The file of the directory that is no flow. */
    public static final String PHRASES = "phrases.yaml";

    /** Intents that no phrase has: only a client sends them. */
    private static final Set<String> PAYLOAD_INTENTS = Set.of("handoff", "trigger_handoff");

    private FlowFiles() {}

    /**
     * Reads all {@code *.yaml} files of a directory but the phrases; blocks.
     *
     * @param intents what callers may mean, as the phrases say; null if they can't be read, so that it isn't known
     * @param tools all tools of the server: a flow may name no other one
     * @param faults gets all that is wrong, with file, line and remedy; if it has anything, the flows are not to be used
     * @return the flows by name
     */
    public static Map<String, Flow> read(
            Path directory,
            @Nullable Collection<String> intents,
            Collection<ToolSpec> tools,
            Collection<String> faults) {
        var world = new FlowWorld(intents == null ? null : withPayloads(intents), tools);
        var found = new ArrayList<FlowFault>();
        var flows = new LinkedHashMap<String, Flow>();
        for (var file : files(directory, found)) {
            read(file, world, flows, found);
        }
        if (flows.isEmpty() && found.isEmpty() && faults.isEmpty()) {
            found.add(new FlowFault(directory.toString(), 1, "there is no flow", "Put a flow file there, *.yaml"));
        }
        found.forEach(fault -> faults.add(fault.toString()));
        return flows;
    }

    private static Set<String> withPayloads(Collection<String> intents) {
        var all = new LinkedHashSet<>(PAYLOAD_INTENTS);
        all.addAll(intents);
        return all;
    }

    private static void read(Path file, FlowWorld world, Map<String, Flow> flows, List<FlowFault> found) {
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            var flow = FlowReader.read(file.toString(), text, world, found);
            if (flow != null && flows.put(flow.name(), flow) != null) {
                found.add(new FlowFault(
                        file.toString(), 1, "another file has the flow " + flow.name(), "Give it another name"));
            }
        } catch (IOException e) {
            found.add(new FlowFault(
                    file.toString(), 1, "the file can't be read", "Write it as UTF-8 text that the server may read"));
        }
    }

    private static List<Path> files(Path directory, List<FlowFault> found) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith(PHRASES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            found.add(
                    new FlowFault(directory.toString(), 1, "the directory can't be read", "Put the flow files there"));
            return List.of();
        }
    }
}
