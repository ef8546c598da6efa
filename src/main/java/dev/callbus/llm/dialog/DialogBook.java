package dev.callbus.llm.dialog;

import dev.callbus.llm.ToolSpec;
import dev.callbus.llm.dialog.understanding.Phrases;
import dev.callbus.llm.dialog.understanding.PhrasesException;
import dev.callbus.llm.dialog.understanding.PhrasesReader;
import dev.callbus.llm.dialog.understanding.Understanding;
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
import java.util.Optional;
import java.util.Set;

/** All flows of a directory and what the phrases beside them teach of callers' words. It never changes. */
public final class DialogBook {
    /** The file of the directory that is no flow. */
    public static final String PHRASES = "phrases.yaml";

    /** Learning takes most of the time of a load, and flows change more often than phrases. */
    private static final Bounded<Phrases, Understanding> LEARNT = new Bounded<>(4);

    private final Map<String, Flow> flows;
    private final Understanding understanding;

    private DialogBook(Map<String, Flow> flows, Understanding understanding) {
        this.flows = flows;
        this.understanding = understanding;
    }

    /**
     * Reads all {@code *.yaml} files of a directory and learns the phrases; blocks for about a second.
     *
     * @param tools all tools of the server: a flow may name no other one
     * @throws DialogException with everything that is wrong in any of them
     */
    public static DialogBook load(Path directory, Collection<ToolSpec> tools) throws DialogException {
        var faults = new LinkedHashSet<String>();
        Optional<Phrases> phrases = Optional.empty();
        try {
            phrases = Optional.of(PhrasesReader.read(directory.resolve(PHRASES)));
        } catch (PhrasesException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
        var intents = new LinkedHashSet<>(FlowCheck.payloadIntents());
        phrases.ifPresent(known -> intents.addAll(known.intents().keySet()));
        var flows = flows(directory, new FlowWorld(phrases.isPresent() ? intents : null, tools), faults);
        if (!faults.isEmpty()) {
            throw new DialogException(List.copyOf(faults));
        }
        return new DialogBook(flows, LEARNT.get(phrases.orElseThrow(), Understanding::train));
    }

    private static Map<String, Flow> flows(Path directory, FlowWorld world, Set<String> faults) {
        var flows = new LinkedHashMap<String, Flow>();
        for (var file : files(directory, faults)) {
            var found = new ArrayList<FlowFault>();
            try {
                var text = Files.readString(file, StandardCharsets.UTF_8);
                var flow = FlowReader.read(file.toString(), text, world, found);
                if (flow != null && flows.put(flow.name(), flow) != null) {
                    found.add(new FlowFault(
                            file.toString(), 1, "another file has the flow " + flow.name(), "Give it another name"));
                }
            } catch (IOException e) {
                found.add(new FlowFault(
                        file.toString(),
                        1,
                        "the file can't be read",
                        "Write it as UTF-8 text that the server may read"));
            }
            found.forEach(fault -> faults.add(fault.toString()));
        }
        if (flows.isEmpty() && faults.isEmpty()) {
            faults.add(new FlowFault(directory.toString(), 1, "there is no flow", "Put a flow file there, *.yaml")
                    .toString());
        }
        return flows;
    }

    private static List<Path> files(Path directory, Set<String> faults) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith(PHRASES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            faults.add(new FlowFault(directory.toString(), 1, "the directory can't be read", "Put the flow files there")
                    .toString());
            return List.of();
        }
    }

    /** The same with other options of one flow, see {@link FlowOptions}; an unknown flow stays unknown. */
    DialogBook with(String flow, FlowOptions options) throws DialogException {
        var known = flows.get(flow);
        if (known == null) {
            return this;
        }
        var others = new LinkedHashMap<>(flows);
        others.put(flow, known.with(options.of(flow, known.options())));
        return new DialogBook(others, understanding);
    }

    /** The names of the flows. */
    public Set<String> names() {
        return flows.keySet();
    }

    /** What callers may choose by its words in any menu of this flow, to be hinted to the transcription. */
    public Set<String> hints(String flow) {
        var hints = new LinkedHashSet<String>();
        flow(flow)
                .say()
                .values()
                .forEach(utterance -> utterance
                        .menu()
                        .forEach(option -> hints.addAll(option.word().values())));
        return hints;
    }

    /** The flow of this name; an unknown one is an {@link IllegalArgumentException} that lists the known ones. */
    Flow flow(String name) {
        var flow = flows.get(name);
        if (flow == null) {
            throw new IllegalArgumentException(
                    "There is no flow " + name + ". The flows are: " + String.join(", ", names()));
        }
        return flow;
    }

    Understanding understanding() {
        return understanding;
    }
}
