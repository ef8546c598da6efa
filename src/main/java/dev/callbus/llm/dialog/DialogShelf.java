package dev.callbus.llm.dialog;

import dev.callbus.llm.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flows that are in force. They are those of a directory, read again when a file in it has changed; while one of them is broken,
 * all of them stay as they were. Safe for use by several threads.
 */
public final class DialogShelf {
    private static final Logger log = LoggerFactory.getLogger(DialogShelf.class);

    private final Path directory;
    private final String flow;
    private final List<ToolSpec> tools;
    private final FlowOptions options;
    private final Consumer<DialogReply> listener;
    private volatile DialogModel model;
    private Map<Path, FileTime> seen;

    private DialogShelf(
            Path directory,
            String flow,
            Collection<ToolSpec> tools,
            FlowOptions options,
            Consumer<DialogReply> listener)
            throws DialogException {
        this.directory = directory;
        this.flow = flow;
        this.tools = List.copyOf(tools);
        this.options = options;
        this.listener = listener;
        this.seen = files(directory);
        this.model = read();
    }

    /**
     * Reads the flows of a directory; blocks for up to a second.
     *
     * @param flow which of them answers if a conversation names none
     * @param tools all tools of the server: the flows may name no other ones
     * @throws DialogException with everything that is wrong in them
     */
    public static DialogShelf open(Path directory, String flow, Collection<ToolSpec> tools) throws DialogException {
        return open(directory, flow, tools, (name, own) -> own, reply -> {});
    }

    /**
     * The same for who holds a conversation himself.
     *
     * @param options of the flow that answers
     * @param listener hears each answer before it is given, on the thread that asks for it
     */
    public static DialogShelf open(
            Path directory,
            String flow,
            Collection<ToolSpec> tools,
            FlowOptions options,
            Consumer<DialogReply> listener)
            throws DialogException {
        return new DialogShelf(directory, flow, tools, options, listener);
    }

    /** The model that follows them, as they are now. */
    public DialogModel model() {
        return model;
    }

    /** What callers may choose by its words in the flow that answers, to be hinted to the transcription. */
    public Set<String> hints() {
        return model.hints();
    }

    /** Looks whether a file has changed, and if so takes them all anew, if they are good; blocks. Returns whether it has. */
    public synchronized boolean look() {
        var now = files(directory);
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        try {
            model = read();
            log.info("flows are in force as they were changed [directory: {}]", directory);
        } catch (DialogException e) {
            log.error("flows stay as they were, the changed ones are broken [faults: {}]", e.getMessage());
            return false;
        }
        return true;
    }

    private DialogModel read() throws DialogException {
        var book = DialogBook.load(directory, tools);
        if (!book.names().contains(flow)) {
            throw new DialogException(List.of(directory + ": there is no flow " + flow + ". The flows are "
                    + String.join(", ", book.names()) + ": set llm.dialog.flow (LLM_DIALOG_FLOW) to one of them."));
        }
        return new DialogModel(book.with(flow, options), flow, listener);
    }

    private static Map<Path, FileTime> files(Path directory) {
        var times = new TreeMap<Path, FileTime>();
        try (var files = Files.list(directory)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        } catch (IOException e) {
            // Whoever reads them says what is wrong.
            times.clear();
        }
        return times;
    }
}
