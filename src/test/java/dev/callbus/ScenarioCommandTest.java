package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code callbus scenario} as a shell sees it. */
class ScenarioCommandTest {
    private static final String GREETED = "name: Greeted\ntags: [short]\nsteps: [{agent: How can I help you}]\n";
    private static final String FAILS = "name: Fails\nsteps: [{agent: How can I harm you}]\n";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @BeforeEach
    void listen() {
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void allPassedIsZero() throws Exception {
        assertThat(run("a.yaml", GREETED, "--repeat=3", "--threads=1")).isZero();
        assertThat(text()).contains("1/1 ✓ Greeted", "3 times", "1 passed, 0 failed — 3 runs");
    }

    @Test
    void someFailedIsOneAndIsWrittenForBuildServers() throws Exception {
        var report = directory.resolve("junit.xml");
        assertThat(run("a.yaml", GREETED + "---\n" + FAILS, "--threads=2", "--junit=" + report))
                .isOne();
        assertThat(text()).contains("✓ Greeted", "✗ Fails", "a.yaml:6", "1 passed, 1 failed");
        assertThat(Files.readString(report)).contains("tests=\"2\" failures=\"1\"", "<testcase name=\"Fails\"");
    }

    @Test
    void scenariosAreChosenByNameAndTag() throws Exception {
        assertThat(run("a.yaml", GREETED + "---\n" + FAILS, "--tag=short")).isZero();
        assertThat(run("a.yaml", GREETED + "---\n" + FAILS, "--name=greet")).isZero();
        assertThat(text()).doesNotContain("Fails");
    }

    @Test
    void noScenarioIsTwo() throws Exception {
        assertThat(run("a.txt", GREETED)).isEqualTo(2);
        assertThat(run("a.yaml", GREETED, "--tag=none")).isEqualTo(2);
        assertThat(run("a.yaml", GREETED, "--repeat=0")).isEqualTo(2);
        assertThat(text()).contains("No scenario has that name or tag.", "--repeat and --threads need a number");
    }

    @Test
    void aBrokenFileIsTwoAndNothingIsPlayed() throws Exception {
        assertThat(run("a.yaml", GREETED + "---\nname: b\nsteps: [{agnet: a}]\n"))
                .isEqualTo(2);
        assertThat(text())
                .contains("a.yaml:6: there is no step \"agnet\". Did you mean \"agent\"?")
                .doesNotContain("✓");
    }

    @Test
    void aFlowThatThereIsNotFailsItsScenarioAlone() throws Exception {
        var nowhere = "name: Nowhere\ngiven: {agent: {flow: nope}}\nsteps:\n  - agent: Hello\n";
        assertThat(run("a.yaml", nowhere + "---\n" + GREETED)).isOne();
        assertThat(text()).contains("✗ Nowhere", "there is no flow nope", "✓ Greeted");
    }

    @Test
    void filesThatAreNotThereAreNamed() throws Exception {
        assertThat(new CommandLine(new ScenarioCommand()).execute("--import-rasa", "nowhere.md"))
                .isEqualTo(2);
        assertThat(run("a.yaml", GREETED, "--junit=" + directory.resolve("nowhere/x.xml")))
                .isEqualTo(2);
        assertThat(text()).contains("no such file or directory: nowhere.md", "nowhere/x.xml");
    }

    @Test
    void rasasConversationsAreImported() throws Exception {
        assertThat(new CommandLine(new ScenarioCommand())
                        .execute("--import-rasa", "src/test/resources/rasa/test_conversations.md"))
                .isZero();
        assertThat(text()).contains("name: 'bot challenge'", "- caller: 'are you a bot?' # intent bot_challenge");
    }

    private int run(String file, String text, String... options) throws Exception {
        Files.writeString(directory.resolve(file), text);
        var command = new CommandLine(new ScenarioCommand());
        return command.execute(Stream.concat(Stream.of(directory.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
