package dev.callbus.llm.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.tool.ToolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialogShelfTest {
    private static final Path SHIPPED = Path.of("assets/dialogs");

    @TempDir
    Path directory;

    private int changes;

    @BeforeEach
    void copyFlows() throws IOException {
        try (var files = Files.list(SHIPPED)) {
            for (var file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void aChangedFlowIsTaken() throws Exception {
        var shelf = DialogShelf.open(directory, "voice-desk", ToolRegistry.known());
        assertThat(shelf.look()).as("nothing has changed").isFalse();
        write("voice-desk.yaml", text("voice-desk.yaml").replace("What is your email address?", "Your email, please?"));
        assertThat(shelf.look()).isTrue();
        assertThat(answer(shelf)).contains("Your email, please?");
    }

    @Test
    void whileAFlowIsBrokenAllStayAsTheyWereAndItsRepairIsTaken() throws Exception {
        var shelf = DialogShelf.open(directory, "voice-desk", ToolRegistry.known());
        var good = text("voice-desk.yaml");
        write("voice-desk.yaml", good + "\nnonsense: [\n");
        assertThat(shelf.look()).isFalse();
        assertThat(answer(shelf)).contains("What is your email address?");
        write("voice-desk.yaml", good.replace("What is your email address?", "And your address?"));
        assertThat(shelf.look()).isTrue();
        assertThat(answer(shelf)).contains("And your address?");
    }

    @Test
    void aToolThatNobodyHasIsToldAtTheStartAndChangesNothingLater() throws Exception {
        var good = text("voice-desk.yaml");
        var shelf = DialogShelf.open(directory, "voice-desk", ToolRegistry.known());
        write("voice-desk.yaml", good.replace("call: send-verification", "call: send-verificaton"));
        assertThat(shelf.look()).isFalse();
        assertThat(answer(shelf)).contains("What is your email address?");
        assertThatThrownBy(() -> DialogShelf.open(directory, "voice-desk", ToolRegistry.known()))
                .isInstanceOf(DialogException.class)
                .hasMessageMatching(
                        "(?s).*voice-desk\\.yaml:\\d+: .*tool send-verificaton.*Did you mean send-verification.*");
    }

    @Test
    void aBrokenFlowAtTheStartIsToldWithFileAndLine() throws Exception {
        write("voice-desk.yaml", text("voice-desk.yaml") + "\nnonsense: yes\n");
        assertThatThrownBy(() -> DialogShelf.open(directory, "voice-desk", ToolRegistry.known()))
                .isInstanceOf(DialogException.class)
                .hasMessageMatching("(?s).*voice-desk\\.yaml:\\d+: .*nonsense.*");
    }

    @Test
    void aFlowThatIsNotThereIsToldWithThoseThatAre() {
        assertThatThrownBy(() -> DialogShelf.open(directory, "pizza", ToolRegistry.known()))
                .hasMessageContaining("no flow pizza")
                .hasMessageContaining("help-desk")
                .hasMessageContaining("LLM_DIALOG_FLOW");
    }

    private static String answer(DialogShelf shelf) {
        var question = new LlmProtocol.Generate(
                "CA1", List.of(new ChatMessage.Caller("I want to open an incident")), List.of());
        return shelf.model().reply(question).spoken();
    }

    private String text(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** Writes a file whose time is another one, however coarse the file system's clock is. */
    private void write(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(++changes)));
    }
}
