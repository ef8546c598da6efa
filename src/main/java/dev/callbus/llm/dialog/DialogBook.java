package dev.callbus.llm.dialog;

import dev.callbus.llm.ToolSpec;
import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.file.FlowFiles;
import dev.callbus.llm.dialog.understanding.Phrases;
import dev.callbus.llm.dialog.understanding.PhrasesException;
import dev.callbus.llm.dialog.understanding.PhrasesReader;
import dev.callbus.llm.dialog.understanding.Understanding;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All flows of a directory and what the phrases beside them teach of callers' words. It never changes. */
public final class DialogBook {
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
            phrases = Optional.of(PhrasesReader.read(directory.resolve(FlowFiles.PHRASES)));
        } catch (PhrasesException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
        var intents = phrases.map(known -> known.intents().keySet()).orElse(null);
        var flows = FlowFiles.read(directory, intents, tools, faults);
        if (!faults.isEmpty()) {
            throw new DialogException(List.copyOf(faults));
        }
        return new DialogBook(flows, LEARNT.get(phrases.orElseThrow(), Understanding::train));
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
