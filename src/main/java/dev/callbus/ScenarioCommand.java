package dev.callbus;

import dev.callbus.scenario.JunitXml;
import dev.callbus.scenario.Scenario;
import dev.callbus.scenario.ScenarioException;
import dev.callbus.scenario.ScenarioReport;
import dev.callbus.scenario.ScenarioRuns;
import dev.callbus.scenario.SimulatedWorlds;
import dev.callbus.scenario.file.RasaImport;
import dev.callbus.scenario.file.ScenarioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code callbus scenario}: plays conversation tests against a whole server in virtual time. */
@Command(
        name = "scenario",
        description = "Plays conversation tests against a whole server in virtual time.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all passed", "1:some failed", "2:a file is broken, or there is no scenario"},
        mixinStandardHelpOptions = true)
final class ScenarioCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int BROKEN = 2;

    @Parameters(
            description = "Files and directories; without any: ${DEFAULT-VALUE}.",
            defaultValue = "assets/scenarios")
    private List<Path> places = List.of();

    @Option(names = "--name", description = "Plays scenarios whose name has this in it.")
    private @Nullable String name;

    @Option(names = "--tag", description = "Plays scenarios with this tag; may be given several times.")
    private List<String> tags = List.of();

    @Option(names = "--repeat", description = "Plays each so many times, and tells if it isn't the same each time.")
    private int repetitions = 1;

    @Option(names = "--threads", description = "Plays so many side by side; without: one for each processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--junit", description = "Writes the outcomes to this file, for build servers.")
    private @Nullable Path junit;

    @Option(
            names = "--import-rasa",
            description =
                    "Plays nothing, but prints this file of Rasa's conversation tests (Markdown or YAML) as scenarios.")
    private @Nullable Path rasa;

    @Option(
            names = "--rasa-domain",
            description = "Rasa's domain file, from which --import-rasa takes what the bot says.")
    private @Nullable Path domain;

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (rasa != null) {
                if (domain == null) {
                    System.err.println(
                            "Without --rasa-domain nobody knows what the bot says, so the scenarios only wait for an answer.");
                }
                var responses = domain == null ? "" : Files.readString(domain);
                System.out.print(RasaImport.scenarios(rasa.toString(), Files.readString(rasa), responses));
                return 0;
            }
            if (repetitions < 1 || threads < 1) {
                System.err.println("--repeat and --threads need a number from 1 on.");
                return BROKEN;
            }
            var starter = new ScenarioServer();
            starter.learn();
            var chosen =
                    ScenarioFiles.read(places).stream().filter(this::isWanted).toList();
            if (chosen.isEmpty()) {
                System.err.println("No scenario has that name or tag.");
                return BROKEN;
            }
            return play(chosen, starter);
        } catch (ScenarioException e) {
            System.err.println(e.getMessage());
            return BROKEN;
        } catch (NoSuchFileException e) {
            System.err.println("There is no such file or directory: " + e.getFile());
            return BROKEN;
        } catch (IOException e) {
            System.err.println("A file can't be read or written: " + e.getMessage());
            return BROKEN;
        }
    }

    private int play(List<Scenario> scenarios, ScenarioServer starter) throws IOException, InterruptedException {
        System.setProperty("vertx.disableDnsResolver", "true"); // it wants datagrams, which simulations don't have
        long began = System.nanoTime();
        var report = new ScenarioReport(System.out, Boolean.getBoolean("callbus.terminal"), scenarios.size());
        new ScenarioRuns(() -> new SimulatedWorlds(starter), System::nanoTime, threads, repetitions)
                .play(scenarios, report::played);
        report.finish(Duration.ofNanos(System.nanoTime() - began));
        if (junit != null) {
            Files.writeString(junit, JunitXml.of(report.outcomes()));
        }
        return report.isGood() ? 0 : FAILED;
    }

    private boolean isWanted(Scenario scenario) {
        return (name == null || scenario.name().toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)))
                && (tags.isEmpty() || tags.stream().anyMatch(scenario.tags()::contains));
    }
}
