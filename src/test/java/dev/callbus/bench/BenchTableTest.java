package dev.callbus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTableTest {
    private final BenchSettings settings = CommandLine.populateCommand(new BenchSettings(), "--calls", "100");

    @Test
    void showsBothServersAndTheirRatio() {
        var callbus = result(ServerKind.CALLBUS, 500);
        var minimal = result(ServerKind.MINIMAL, 400);

        var markdown = new BenchTable(List.of(callbus, minimal), new CorePinning(null, 2), settings).markdown();

        assertThat(markdown)
                .contains("| 100 | Callbus | 50.0 | 1.00 | 2.00 | 3.00 | 0.500 | 2000 | 80 % | 0 |")
                .contains("| 100 | minimal relay | 50.0 | 1.00 | 2.00 | 3.00 | 0.400 | 2500 | 100 % | 0 |")
                .contains("| Callbus | 1.00 | 3.00 | 2.500 | 1000 | 16.0 | 200 | 0 |")
                .contains("not pinned");
    }

    @Test
    void hasNoRatioWithoutTheYardstick() {
        var markdown =
                new BenchTable(List.of(result(ServerKind.CALLBUS, 500)), new CorePinning(null, 2), settings).markdown();

        assertThat(markdown).contains("| 2000 | - | 0 |");
    }

    private static BenchResult result(ServerKind kind, double serverCpuMillis) {
        var spread = new Spread(1000, 1, 2, 3, 4);
        var observed = new Measurement.Observed(20, 1000, 50, 200, 21, spread, spread, spread, spread, Map.of());
        var cpu = new LoadRun.CpuReading(20, serverCpuMillis, 1, 1, 1000);
        var report = new LoadReport(100, observed, cpu, 1024, 0.5, 1);
        return new BenchResult(kind, List.of(report), report, new Idle(1000, OptionalLong.of(16 * 1024), 200 * 1024));
    }
}
