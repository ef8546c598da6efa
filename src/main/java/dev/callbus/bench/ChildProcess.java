package dev.callbus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM that the benchmark has started, whose output goes to a file and which ends with the benchmark at the latest. */
final class ChildProcess implements AutoCloseable {
    /** The JVM flag under which only warnings are logged. */
    static final String QUIET_LOG = "-Dlogback.configurationFile=dev/callbus/bench/logback.xml";

    private static final int SHOWN_LINES = 20;

    private final Process process;
    private final Path output;
    private final Thread atExit;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.atExit = new Thread(this::end, "end-child");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts {@code java arguments} with more environment, on the given core where the machine can do that. */
    static ChildProcess java(CorePinning pinning, int core, List<String> arguments, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<>(pinning.prefix(core));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        var output = Files.createTempFile("callbus-bench", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start(), output);
    }

    /** Its process id. */
    long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has printed. */
    String printed() throws IOException {
        return Files.readString(output);
    }

    /** The last lines of its output, for a message about its failure. */
    String lastWords() throws IOException {
        var lines = Files.readAllLines(output);
        return lines.stream().skip(Math.max(0, lines.size() - SHOWN_LINES)).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().completeOnTimeout(process, 15, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
        Runtime.getRuntime().removeShutdownHook(atExit);
        Files.deleteIfExists(output);
    }

    private void end() {
        process.destroyForcibly();
        output.toFile().delete();
    }
}
