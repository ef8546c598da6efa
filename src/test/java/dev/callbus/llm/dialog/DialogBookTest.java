package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.tool.ToolRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory whose phrases or flows can't be used is refused. */
class DialogBookTest {
    private static final Path DIALOGS = Path.of("assets/dialogs");

    @Test
    void brokenPhrasesAreTheOnlyFaultOfTheFlowsBesideThem(@TempDir Path directory) throws Exception {
        copy(directory, "help-desk.yaml");
        Files.writeString(directory.resolve("phrases.yaml"), "nonsense: [");
        assertThat(faults(directory)).singleElement().asString().contains("phrases.yaml");
    }

    @Test
    void faultsOfPhrasesAndFlowsComeTogether(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("phrases.yaml"), "nonsense: [");
        Files.writeString(directory.resolve("one.yaml"), "flow: [");
        assertThat(faults(directory))
                .hasSize(2)
                .anyMatch(fault -> fault.contains("phrases.yaml"))
                .anyMatch(fault -> fault.contains("one.yaml:1: this is not YAML"));
    }

    @Test
    void aDirectoryWithoutFlowsOrPhrasesIsRefused(@TempDir Path directory) throws Exception {
        assertThat(faults(directory.resolve("none"))).anyMatch(fault -> fault.contains("the directory can't be read"));
        assertThat(faults(directory)).singleElement().asString().contains("phrases.yaml");
        copy(directory, "phrases.yaml");
        assertThat(faults(directory)).singleElement().asString().contains("there is no flow");
    }

    private static void copy(Path directory, String file) throws Exception {
        Files.copy(DIALOGS.resolve(file), directory.resolve(file));
    }

    private static List<String> faults(Path directory) {
        var refused =
                catchThrowableOfType(DialogException.class, () -> DialogBook.load(directory, ToolRegistry.known()));
        return refused.faults();
    }
}
