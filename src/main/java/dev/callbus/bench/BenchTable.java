package dev.callbus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * The benchmark's Markdown report.
 *
 * @param results one for each server
 * @param pinning where the processes ran
 * @param settings what was run
 */
record BenchTable(List<BenchResult> results, CorePinning pinning, BenchSettings settings) {

    /** The whole report. */
    String markdown() {
        return "\n" + loads() + "\n" + rest() + "\n" + conditions();
    }

    private String loads() {
        var table = new StringBuilder("""
                | calls | server | turns/s | added to first token p50 | p95 | p99 ms | CPU ms/turn | turns per CPU-second | of the minimal relay | errors |
                | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (var row = 0; row < settings.calls().size(); row++) {
            for (var result : results) table.append(load(result, row));
        }
        return table.toString();
    }

    private String load(BenchResult result, int row) {
        var report = result.loads().get(row);
        var first = report.observed().firstTokenOverhead();
        return String.format(
                Locale.ROOT,
                "| %d | %s | %.1f | %.2f | %.2f | %.2f | %.3f | %.0f | %s | %d |%n",
                report.concurrentCalls(),
                result.kind().title(),
                report.observed().turnsPerSecond(),
                first.p50(),
                first.p95(),
                first.p99(),
                report.cpuMillisPerTurn(),
                report.turnsPerCpuSecond(),
                share(report, row),
                report.errors());
    }

    private String share(LoadReport report, int row) {
        return results.stream()
                .filter(result -> result.kind() == ServerKind.MINIMAL)
                .map(yardstick -> String.format(
                        Locale.ROOT,
                        "%.0f %%",
                        100
                                * report.turnsPerCpuSecond()
                                / yardstick.loads().get(row).turnsPerCpuSecond()))
                .findFirst()
                .orElse("-");
    }

    private String rest() {
        var table = new StringBuilder("""
                | server | call set-up p50 | p99 ms | CPU ms/set-up | idle calls | heap KiB/idle call | resident MiB | errors |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (var result : results) {
            var setUps = result.setUps();
            var heap = result.idle().heapBytesPerCall();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.3f | %d | %s | %d | %d |%n",
                    result.kind().title(),
                    setUps.observed().setUp().p50(),
                    setUps.observed().setUp().p99(),
                    setUps.cpuMillisPerCall(),
                    result.idle().calls(),
                    heap.isPresent() ? String.format(Locale.ROOT, "%.1f", heap.getAsLong() / 1024.0) : "-",
                    result.idle().residentKib() / 1024,
                    setUps.errors()));
        }
        return table.toString();
    }

    private String conditions() {
        var foreign = results.stream()
                .flatMap(result -> result.loads().stream())
                .mapToDouble(report -> report.cpu().foreignPercent())
                .max()
                .orElse(0);
        var pace = settings.pace();
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s %s, %s %s, %s. %s Other processes used up to %.0f %% of a core.%nModel: first token after %d ms, then one each %d ms, %d tokens. Measured for %d s after %d s of warm-up. Servers run with `%s`.%n",
                processor(),
                pinning.cores(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.vm.vendor"),
                Runtime.version(),
                LocalDate.now(ZoneOffset.UTC),
                pinning.describe(),
                foreign,
                pace.ttft(),
                pace.itd(),
                pace.tokens(),
                settings.load(0).window().toSeconds(),
                settings.load(0).warmUp().toSeconds(),
                String.join(" ", settings.serverFlags()));
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
