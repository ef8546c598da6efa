package dev.callbus;

import dev.callbus.config.CallbusConfig;
import dev.callbus.llm.dialog.DialogException;
import dev.callbus.llm.dialog.DialogShelf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flows that configurations name, each read and learnt once. */
final class FlowShelves {
    private final Map<Place, DialogShelf> known = new HashMap<>();

    private record Place(Path directory, String flow) {}

    /**
     * The flows of a configuration's assets; blocks. Who has a model needs none: without the directory there is no last resort.
     *
     * @throws DialogException if they are broken, or missing and there is nobody else to answer
     */
    synchronized @Nullable DialogShelf of(CallbusConfig config) throws DialogException {
        var flow = config.llm().flow();
        var directory = config.assets().directory().resolve("dialogs");
        if (flow == null || (!config.llm().chain().isEmpty() && !Files.isDirectory(directory))) {
            return null;
        }
        var place = new Place(directory, flow);
        var shelf = known.get(place);
        if (shelf == null) {
            shelf = DialogShelf.open(directory, flow);
            known.put(place, shelf);
        }
        return shelf;
    }
}
