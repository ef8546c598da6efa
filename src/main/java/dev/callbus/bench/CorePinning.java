package dev.callbus.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps processes on one core each with {@code taskset}, where there is one and there are two cores or more.
 *
 * @param taskset the program, null when processes are not pinned
 * @param cores the cores of the machine
 */
record CorePinning(@Nullable Path taskset, int cores) {

    /** What this machine can do. */
    static CorePinning detect() {
        var cores = Runtime.getRuntime().availableProcessors();
        if (cores < 2) return new CorePinning(null, cores);
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "taskset"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new CorePinning(program, cores))
                .orElseGet(() -> new CorePinning(null, cores));
    }

    /** The words that go before a command to run it on {@code core}. */
    List<String> prefix(int core) {
        return taskset == null ? List.of() : List.of(taskset.toString(), "-c", Integer.toString(core));
    }

    /** Moves all threads of this process to {@code core}. */
    void pinSelf(int core) throws IOException, InterruptedException {
        if (taskset == null) return;
        var pid = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder(taskset.toString(), "-a", "-c", "-p", Integer.toString(core), pid)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** One sentence for the report. */
    String describe() {
        return taskset == null
                ? "Processes are not pinned to cores."
                : "Server on core 0, client and fake model on core 1.";
    }
}
