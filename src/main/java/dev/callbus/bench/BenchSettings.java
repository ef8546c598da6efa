package dev.callbus.bench;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the benchmark. */
final class BenchSettings {
    @Option(
            names = "--calls",
            split = ",",
            defaultValue = "100,500,1000,1500",
            description = "Concurrent calls (default: ${DEFAULT-VALUE}).")
    private List<Integer> calls = List.of();

    @Option(
            names = "--servers",
            split = ",",
            defaultValue = "CALLBUS,MINIMAL",
            description = "Servers to compare (default: ${DEFAULT-VALUE}).")
    private List<ServerKind> servers = List.of();

    @Option(
            names = "--repeat",
            defaultValue = "1",
            description = "Runs of each; the table shows the one with the median CPU time per turn.")
    private int repeat;

    @Option(
            names = "--think",
            defaultValue = "2000",
            description = "Milliseconds that a caller thinks, give or take half of it.")
    private int think;

    @Option(names = "--turns", defaultValue = "10", description = "Turns of a call.")
    private int turns;

    @Option(names = "--ttft", defaultValue = "200", description = "Milliseconds to the model's first token.")
    private int ttft;

    @Option(names = "--itd", defaultValue = "20", description = "Milliseconds between the model's tokens.")
    private int itd;

    @Option(names = "--tokens", defaultValue = "20", description = "Tokens of an answer.")
    private int tokens;

    @Option(
            names = "--heat",
            defaultValue = "40",
            description =
                    "Seconds of brisk load before each run, so that the JIT compiler has done its work; 0 for none.")
    private int heat;

    @Option(names = "--warmup", defaultValue = "12", description = "Seconds before the measured window.")
    private int warmUp;

    @Option(names = "--duration", defaultValue = "20", description = "Seconds of the measured window.")
    private int duration;

    @Option(
            names = "--idle-calls",
            defaultValue = "1000",
            description = "Silent calls held to measure the memory of each.")
    private int idleCalls;

    @Option(
            names = "--quiet-wait",
            defaultValue = "0",
            description = "Seconds, at most, that each run waits for other processes to be quiet (default: 0).")
    private int quietWait;

    @Option(names = "--server-flags", description = "JVM flags of the servers (default: ${DEFAULT-VALUE}).")
    private String serverFlags = defaultFlags();

    @Option(names = "--quick", description = "A smoke test of a minute; its figures mean nothing.")
    private boolean quick;

    /** Concurrent calls of each row. */
    List<Integer> calls() {
        return quick ? List.of(20) : calls;
    }

    /** Servers, in the order in which they are run. */
    List<ServerKind> servers() {
        return servers;
    }

    /** Runs of each server and load. */
    int repeat() {
        return quick ? 1 : repeat;
    }

    /** The fake model's pace. */
    Pace pace() {
        return quick ? new Pace(50, 5, 20) : new Pace(ttft, itd, tokens);
    }

    /** What each server does first: enough turns for its hot paths to be compiled, whatever is measured then. */
    LoadShape heat() {
        var hot = quick ? 0 : heat;
        return new LoadShape(hot == 0 ? 0 : 800, turns, 1000, seconds(5), seconds(0), seconds(hot));
    }

    /** The load of {@code concurrent} calls. */
    LoadShape load(int concurrent) {
        if (quick) return new LoadShape(concurrent, 3, 200, seconds(1), seconds(1), seconds(3));
        return new LoadShape(
                concurrent, turns, think, seconds(3 + concurrent / 100), seconds(warmUp), seconds(duration));
    }

    /** The load of calls that are only set up. */
    LoadShape setUps() {
        return quick
                ? LoadShape.setUpOnly(5, seconds(1), seconds(2))
                : LoadShape.setUpOnly(20, seconds(8), seconds(10));
    }

    /** The silent calls. */
    LoadShape idle() {
        return quick ? LoadShape.idle(20, seconds(1)) : LoadShape.idle(idleCalls, seconds(1 + idleCalls / 200));
    }

    /** How long a run waits at most for a quiet machine. */
    Duration quietWait() {
        return seconds(quietWait);
    }

    /** The JVM flags of the servers. */
    List<String> serverFlags() {
        return List.of(serverFlags.trim().split("\\s+"));
    }

    /** Rough run time of everything. */
    Duration estimate() {
        var total = Duration.ZERO;
        for (var concurrent : calls()) {
            var shape = load(concurrent);
            total = total.plus(shape.ramp())
                    .plus(heat().ramp())
                    .plus(heat().window())
                    .plus(shape.warmUp())
                    .plus(shape.window())
                    .plusSeconds(6);
        }
        total = total.multipliedBy(repeat());
        var extra =
                setUps().warmUp().plus(setUps().window()).plus(idle().ramp()).plusSeconds(15);
        return total.plus(extra).multipliedBy(servers.size());
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static String defaultFlags() {
        var flags = "-Xms256m -Xmx512m -XX:+UseG1GC -XX:+IgnoreUnrecognizedVMOptions -XX:+UseCompactObjectHeaders"
                + " -Dio.netty.eventLoop.maxTaskProcessingQuantumMs=20 --enable-native-access=ALL-UNNAMED";
        return Runtime.version().feature() >= 23 ? flags + " --sun-misc-unsafe-memory-access=allow" : flags;
    }
}
