package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.ApiSettings;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations in the terminal, as they are seen there when what is said comes from a file. */
class ShellTest {
    @TempDir
    private Path folder = Path.of("");

    private String screen = "";
    private String complaints = "";

    @Test
    void holdsTheFirstConversationOfTheManual() throws Exception {
        var said = """
                hi
                i have a problem with my email
                anything@example.com
                1
                Can't log in to my email
                1
                thanks. Can i check the status of my other tickets?
                Yes please
                """;
        var code = shell(said, "--flow", "voice-desk", "--localmode=true");
        assertThat(code).as(() -> complaints + screen).isZero();
        assertThat(screen).isEqualTo("""
                Bot loaded. Type a message and press enter (use '/stop' to exit):
                Your input ->  hi
                    Hello!
                    I can help you open a service request ticket, or check the status of your open incidents.
                    You can ask me things like:
                    - Open an incident
                    - Help me reset my password
                    - I'm having a issue with my email
                    - What's the status of the ticket I opened?
                Your input ->  i have a problem with my email
                    What is your email address?
                Your input ->  anything@example.com
                    ? What is the priority of this issue?
                    1: low (/inform{"priority":"low"})
                    2: medium (/inform{"priority":"medium"})
                    3: high (/inform{"priority":"high"})
                Your input -> 1: low (/inform{"priority":"low"})
                    What is the problem description for the issue?
                Your input ->  Can't log in to my email
                    ? Should I open an incident with the following details?
                    email: anything@example.com
                    problem description: Can't log in to my email
                    title: Problem with email
                    priority: low
                    1: Yes (/affirm)
                    2: No, cancel the incident (/deny)
                Your input -> 1: Yes (/affirm)
                    An incident with the following details would be opened if ServiceNow was connected:
                    email: anything@example.com
                    problem description: Can't log in to my email
                    title: Problem with email
                    priority: low
                Your input ->  thanks. Can i check the status of my other tickets?
                    Would you like to use the last email address you used, anything@example.com?
                Your input ->  Yes please
                    Since ServiceNow isn't connected, I'm making this up!
                    The most recent incident for anything@example.com is currently awaiting triage
                Your input ->  \n""");
    }

    @Test
    void holdsTheSecondConversationOfTheManual() throws Exception {
        var said = """
                help me reset my password
                idontexist@example.com
                abraham.lincoln@example.com
                3
                Password stuck in a loop
                1: Yes (/affirm)
                Can I check the status of my tickets?
                Yes please
                thanks
                /stop
                what is more is not read
                """;
        var code = shell(said, "--flow", "voice-desk", "--localmode=false", "--trust");
        assertThat(code).as(() -> complaints + screen).isZero();
        assertThat(complaints).contains("--trust");
        assertThat(screen.replaceAll("INC\\d{7}", "INC0010008")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "2020-05-21 12:12:49"))
                .isEqualTo("""
                Bot loaded. Type a message and press enter (use '/stop' to exit):
                Your input ->  help me reset my password
                    What is your email address?
                Your input ->  idontexist@example.com
                    Sorry, "idontexist@example.com" isn't in our incident management system. Please try again.
                    What is your email address?
                Your input ->  abraham.lincoln@example.com
                    ? What is the priority of this issue?
                    1: low (/inform{"priority":"low"})
                    2: medium (/inform{"priority":"medium"})
                    3: high (/inform{"priority":"high"})
                Your input -> 3: high (/inform{"priority":"high"})
                    What is the problem description for the issue?
                Your input ->  Password stuck in a loop
                    ? Should I open an incident with the following details?
                    email: abraham.lincoln@example.com
                    problem description: Password stuck in a loop
                    title: Problem resetting password
                    priority: high
                    1: Yes (/affirm)
                    2: No, cancel the incident (/deny)
                Your input -> 1: Yes (/affirm)
                    Successfully opened up incident INC0010008 for you.  Someone will reach out soon.
                Your input ->  Can I check the status of my tickets?
                    Would you like to use the last email address you used, abraham.lincoln@example.com?
                Your input ->  Yes please
                    Incident INC0010008: "Email Log in problem", opened on 2020-05-21 12:12:49 is currently in progress
                    Incident INC0010008: "Problem resetting password", opened on 2020-05-21 12:12:49 is currently awaiting triage
                Your input ->  thanks
                    You're welcome!
                Your input ->  /stop
                """);
        assertThat(screen).contains("Incident INC0010009: \"Email Log in problem\"");
    }

    @Test
    void withoutTrustAnAddressProvesNothing() throws Exception {
        var said = """
                open an incident
                abraham.lincoln@example.com
                """;
        var code = shell(said, "--flow", "voice-desk", "--localmode", "false");
        assertThat(code).as(() -> complaints + screen).isZero();
        assertThat(screen)
                .contains("? Before I open or read incidents I have to be sure that it's you.")
                .doesNotContain("What is the priority");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aMenuTakesWordsAndPayloadsTooAndNumbersOnlyMeanWhatIsOnIt() throws Exception {
        var said = """
                /open_incident{"email":"jo@example.com"}

                medium
                3 pages come out
                Printer
                /deny
                bye
                nobody hears this
                """;
        var code = shell(said, "--flow", "voice-desk");
        assertThat(code).as(() -> complaints + screen).isZero();
        assertThat(screen)
                .contains(
                        "Your input ->  /open_incident{\"email\":\"jo@example.com\"}\n    ? What is the priority",
                        "Your input -> \nYour input -> medium\n    What is the problem description",
                        // no choice any more, so it is words of the description
                        "Your input ->  3 pages come out\n    What should we use for the title",
                        "problem description: 3 pages come out\n    title: Printer\n    priority: medium",
                        "Your input -> /deny\n    Alright, I have cancelled the incident.")
                .endsWith("Your input ->  bye\n    Goodbye!\n");
    }

    @Test
    void handsOverToAnotherBotAsRasasClientsDo() throws Exception {
        var assets = folder.resolve("assets");
        copy(Path.of("assets"), assets);
        var file = assets.resolve("dialogs/voice-desk.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        + "\nhandoffs:\n  - {key: financial_demo, title: Financial Assistant, url: \"http://localhost:5006\"}\n");
        var code = shell("I want to talk to a human\n1\nhello\n", "--flow", "voice-desk");
        assertThat(code).as(() -> complaints + screen).isZero();
        assertThat(screen).isEqualTo("""
                Bot loaded. Type a message and press enter (use '/stop' to exit):
                Your input ->  I want to talk to a human
                    It looks like you want to be transferred to a human agent.
                    ? I can't transfer you to a human, but I can transfer you to one of these bots.
                    1: Financial Assistant (/trigger_handoff{"handoff_to":"financial_demo"})
                Your input -> 1: Financial Assistant (/trigger_handoff{"handoff_to":"financial_demo"})
                    Alright, I'll try to transfer you.
                    Switching to Financial Assistant at http://localhost:5006
                {"handoff_host":"http://localhost:5006","title":"Financial Assistant"}
                """);
    }

    @Test
    void showsCodesThatReachTheSandboxsPhones() throws Exception {
        shell("open an incident\nabraham.lincoln@example.com\nyes\n", "--flow", "voice-desk", "--localmode=false");
        assertThat(screen).contains("The code is on its way.");
        var phone = Files.readString(folder.resolve("sandbox/phone-messages"));
        assertThat(phone).contains("+15550001865");
    }

    @Test
    void nobodyElseGetsIntoItsNode() {
        var key = new ApiSettings.Key("all", new Secret("0123456789abcdef"), Set.of(ApiSettings.Scope.values()));
        var base = ConfigLoader.parse("test", "{}", Path.of(""));
        var config = new ShellCommand()
                .alone(new CallbusConfig(
                        base.server(),
                        base.twilio(),
                        base.llm(),
                        base.call(),
                        base.assets(),
                        base.tools(),
                        base.api().with(key),
                        base.sandbox(),
                        base.verify(),
                        base.serviceNow()));
        assertThat(config.api().keys()).isEmpty();
        assertThat(config.server().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void namesTheFlowsIfThereIsNoSuchOne() throws Exception {
        assertThat(shell("", "--flow", "front-desk")).isEqualTo(2);
        assertThat(complaints).contains("there is no flow front-desk", "help-desk, voice-desk");
        assertThat(shell("", "--flow", "help-desk", "--localmode=true")).isEqualTo(2);
        assertThat(complaints).contains("The flow help-desk has no option localmode.");
        assertThat(screen).isEmpty();
    }

    /** The exit code of the command that is told these lines. */
    private int shell(String said, String... options) throws Exception {
        var arguments = new ArrayList<>(List.of("shell", "--config", config().toString()));
        arguments.addAll(List.of(options));
        var in = System.in;
        var out = System.out;
        var err = System.err;
        var shown = new ByteArrayOutputStream();
        var wrong = new ByteArrayOutputStream();
        var refusal = new StringWriter();
        System.setIn(new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(wrong, true, StandardCharsets.UTF_8));
        try {
            return Main.commandLine().setErr(new PrintWriter(refusal)).execute(arguments.toArray(String[]::new));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
            screen = shown.toString(StandardCharsets.UTF_8);
            complaints = wrong.toString(StandardCharsets.UTF_8) + refusal;
        }
    }

    private Path config() throws Exception {
        var assets = folder.resolve("assets");
        var directory = (Files.exists(assets) ? assets : Path.of("assets")).toAbsolutePath();
        return Files.writeString(folder.resolve("callbus.yaml"), """
                assets:
                  directory: %s
                sandbox:
                  directory: %s
                servicenow:
                  outbox: %s
                server:
                  eventLoops: 2
                """.formatted(
                        directory, folder.resolve("sandbox"), folder.resolve("outbox")));
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
