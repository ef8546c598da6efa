package dev.callbus;

import dev.callbus.config.CallbusConfig;
import dev.callbus.llm.dialog.DialogException;
import dev.callbus.llm.dialog.DialogShelf;
import dev.callbus.tool.ToolRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flows that configurations name, each read and learnt once. */
final class FlowShelves {
    private final Map<Place, DialogShelf> known = new HashMap<>();

    private record Place(Path directory, String flow, Map<String, String> options) {}

    /**
     * The flows of a configuration's assets; blocks. Who has a model needs none: without the directory there is no last resort.
     *
     * @throws DialogException if they are broken, or missing and there is nobody else to answer
     */
    @Nullable
    DialogShelf of(CallbusConfig config) throws DialogException {
        return of(config, Map.of());
    }

    /**
     * The same with these options of the flow in place of those that its file gives.
     *
     * @throws DialogException also if the flow has no such option
     */
    synchronized @Nullable DialogShelf of(CallbusConfig config, Map<String, String> options) throws DialogException {
        var flow = config.llm().flow();
        var directory = config.assets().directory().resolve("dialogs");
        if (flow == null || (!config.llm().chain().isEmpty() && !Files.isDirectory(directory))) {
            return null;
        }
        var place = new Place(directory, flow, options);
        var shelf = known.get(place);
        if (shelf == null) {
            shelf = DialogShelf.open(
                    directory, flow, ToolRegistry.known(), (name, own) -> with(options, name, own), reply -> {});
            known.put(place, shelf);
        }
        return shelf;
    }

    private static Map<String, String> with(Map<String, String> options, String flow, Map<String, String> own)
            throws DialogException {
        var result = new HashMap<>(own);
        for (var option : options.entrySet()) {
            if (result.replace(option.getKey(), option.getValue()) == null) {
                throw new DialogException(List.of("The flow " + flow + " has no option " + option.getKey() + "."));
            }
        }
        return result;
    }
}
