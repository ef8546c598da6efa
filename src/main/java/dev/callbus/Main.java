package dev.callbus;

import dev.callbus.bench.BenchCommand;
import dev.callbus.config.ConfigException;
import dev.callbus.llm.dialog.DialogException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: one jar, several subcommands. */
@Command(
        name = "callbus",
        description = "A server for AI phone agents on Twilio.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            DialCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            HealthCommand.class,
            UploadCommand.class,
            BenchCommand.class,
            ScenarioCommand.class,
            ShellCommand.class
        })
public final class Main {
    /** A configuration that can't be used. */
    static final int BAD_CONFIGURATION = 2;

    /** From which level on commands log that talk to the terminal, where log lines would be in the way. */
    private static final Map<String, String> TALKING = Map.of(
            "dial",
            "WARN",
            "demo",
            "WARN",
            "check",
            "WARN",
            "upload-assets",
            "WARN",
            "scenario",
            "ERROR",
            "shell",
            "WARN");

    private Main() {}

    public static void main(String[] args) {
        if (args.length > 0 && TALKING.containsKey(args[0]) && System.getenv("LOG_LEVEL") == null) {
            System.setProperty("LOG_LEVEL", TALKING.get(args[0]));
        }
        var commandLine = commandLine();
        System.exit(args.length == 0 ? usage(commandLine) : commandLine.execute(args));
    }

    /** All subcommands, and how their failures become exit codes. */
    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
            return e instanceof ConfigException || e instanceof DialogException
                    ? BAD_CONFIGURATION
                    : CommandLine.ExitCode.SOFTWARE;
        });
        return commandLine;
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(System.out);
        return CommandLine.ExitCode.USAGE;
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"callbus " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
