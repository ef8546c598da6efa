package dev.callbus.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures Callbus and the minimal relay under the same calls and prints a Markdown table. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Callbus against the smallest possible relay and prints a Markdown table.",
        subcommands = {LoadCommand.class, FakeUpstream.Launch.class})
public final class BenchCommand implements Callable<Integer> {
    private static final int WARM_CALLS = 50;

    @Mixin
    private BenchSettings settings = new BenchSettings();

    private final CorePinning pinning = CorePinning.detect();

    /** Runs everything; 0 when no call met an error. */
    @Override
    public Integer call() throws InterruptedException {
        progress("about %d minutes".formatted(1 + settings.estimate().toMinutes()));
        try (var upstream = UpstreamProcess.start(settings.pace(), pinning)) {
            pinning.pinSelf(1);
            var results = measure(upstream);
            System.out.print(new BenchTable(results, pinning, settings).markdown());
            return results.stream().mapToInt(BenchResult::errors).sum() == 0 ? 0 : 1;
        } catch (IOException e) {
            progress(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private List<BenchResult> measure(UpstreamProcess upstream) throws IOException, InterruptedException {
        Map<ServerKind, List<LoadReport>> loads = new EnumMap<>(ServerKind.class);
        for (var concurrent : settings.calls()) {
            Map<ServerKind, List<LoadReport>> runs = new EnumMap<>(ServerKind.class);
            for (var round = 0; round < settings.repeat(); round++) {
                for (var kind : settings.servers()) {
                    var report = load(kind, settings.load(concurrent), upstream);
                    progress("%s, %d calls: %s".formatted(kind.title(), concurrent, report.summary()));
                    runs.computeIfAbsent(kind, first -> new ArrayList<>()).add(report);
                }
            }
            runs.forEach((kind, reports) ->
                    loads.computeIfAbsent(kind, first -> new ArrayList<>()).add(median(reports)));
        }
        var results = new ArrayList<BenchResult>();
        for (var kind : settings.servers()) {
            var setUps = load(kind, settings.setUps(), upstream);
            progress("%s, set-up: %.3f ms CPU a call".formatted(kind.title(), setUps.cpuMillisPerCall()));
            results.add(new BenchResult(kind, loads.getOrDefault(kind, List.of()), setUps, idle(kind, upstream)));
        }
        return results;
    }

    private LoadReport load(ServerKind kind, LoadShape shape, UpstreamProcess upstream)
            throws IOException, InterruptedException {
        try (var server = start(kind, upstream)) {
            if (settings.heat().calls() > 0) {
                run(server, settings.heat(), upstream).run();
            }
            return run(server, shape, upstream).run();
        }
    }

    private Idle idle(ServerKind kind, UpstreamProcess upstream) throws IOException, InterruptedException {
        try (var server = start(kind, upstream)) {
            var pid = server.process().pid();
            var warm = LoadShape.setUpOnly(
                    WARM_CALLS, settings.setUps().warmUp(), settings.setUps().warmUp());
            run(server, warm, upstream).run();
            var before = HeapProbe.liveBytes(pid);
            try (var client = new LoadClient(server.target(), settings.idle(), 0)) {
                client.ramp();
                var during = HeapProbe.liveBytes(pid);
                var resident = ProcessMeter.residentKib(pid);
                client.hangUp();
                var calls = settings.idle().calls();
                var each = before.isPresent() && during.isPresent()
                        ? OptionalLong.of((during.getAsLong() - before.getAsLong()) / calls)
                        : OptionalLong.empty();
                progress("%s, %d idle calls: %s bytes of heap each"
                        .formatted(kind.title(), calls, each.isPresent() ? each.getAsLong() : "unknown"));
                return new Idle(calls, each, resident);
            }
        }
    }

    private ServerUnderTest start(ServerKind kind, UpstreamProcess upstream) throws IOException, InterruptedException {
        QuietMachine.await(settings.quietWait());
        return ServerUnderTest.start(kind, settings.serverFlags(), pinning, upstream.port());
    }

    private LoadRun run(ServerUnderTest server, LoadShape shape, UpstreamProcess upstream) {
        return new LoadRun(
                server.target(),
                shape,
                settings.pace(),
                AnswerScript.of(settings.pace().tokens()).text().length(),
                server.process().pid(),
                upstream.process().pid(),
                upstream.port());
    }

    private static LoadReport median(List<LoadReport> reports) {
        return reports.stream()
                .sorted(Comparator.comparingDouble(LoadReport::cpuMillisPerTurn))
                .toList()
                .get(reports.size() / 2);
    }

    private static void progress(String line) {
        System.err.println("bench: " + line);
    }

    /** Runs the benchmark on its own, without the rest of the command line. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand()).execute(args));
    }
}
