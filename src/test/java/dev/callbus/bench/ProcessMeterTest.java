package dev.callbus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMeterTest {
    @Test
    void addsUserAndSystemTimeBehindACommandWithSpacesAndBrackets() {
        var stat = "4711 (my (odd) java) S 1 4711 4711 0 -1 4194304 9 8 7 6 1234 66 5 4 20 0 31 0 998 123456 789\n";

        assertThat(ProcessMeter.cpuMillisOf(stat)).isEqualTo(13_000);
    }

    @Test
    void readsResidentMemory() {
        assertThat(ProcessMeter.residentKibOf("Name:\tjava\nVmHWM:\t  200 kB\nVmRSS:\t  184320 kB\nThreads:\t9\n"))
                .isEqualTo(184_320);
        assertThat(ProcessMeter.residentKibOf("Name:\tkthreadd\nThreads:\t1\n")).isZero();
    }

    @Test
    void countsBusyButNotIdleOrStolenTimeOfTheMachine() {
        assertThat(ProcessMeter.machineCpuMillisOf("cpu  100 20 30 99999 88 4 6 777 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n"))
                .isEqualTo(1600);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void seesThisProcessWork() {
        var own = ProcessHandle.current().pid();

        assertThat(ProcessMeter.cpuMillis(own)).isPositive();
        assertThat(ProcessMeter.residentKib(own)).isGreaterThan(10_000);
        assertThat(ProcessMeter.machineCpuMillis()).isGreaterThanOrEqualTo(ProcessMeter.cpuMillis(own));
    }

    @Test
    void findsTheTotalOfAClassHistogram() {
        var histogram = """
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         19683        1456976  [B (java.base@25.0.3)
                   2:             1             16  dev.callbus.Total
                Total         19684        1456992
                """;

        assertThat(HeapProbe.totalOf(histogram)).isEqualTo(OptionalLong.of(1_456_992));
        assertThat(HeapProbe.totalOf("4711: java.io.IOException: No such process"))
                .isEmpty();
    }
}
