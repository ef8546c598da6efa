package dev.callbus.bench;

/**
 * What one load run has shown.
 *
 * @param concurrentCalls calls at a time
 * @param observed what the calls observed
 * @param cpu CPU time spent in the window
 * @param residentKib the server's resident memory at the window's end
 * @param upstreamLatenessP50 how late the fake model's tokens left, median, in ms
 * @param upstreamLatenessP99 the same, 99th percentile
 */
record LoadReport(
        int concurrentCalls,
        Measurement.Observed observed,
        LoadRun.CpuReading cpu,
        long residentKib,
        double upstreamLatenessP50,
        double upstreamLatenessP99) {

    /** Server CPU milliseconds of one turn. */
    double cpuMillisPerTurn() {
        return cpu.server() / observed.turns();
    }

    /** Server CPU milliseconds of one call without turns. */
    double cpuMillisPerCall() {
        return cpu.server() / observed.calls();
    }

    /** Turns that the server answers for a second of CPU. */
    double turnsPerCpuSecond() {
        return 1000 / cpuMillisPerTurn();
    }

    /** Things that went wrong. */
    int errors() {
        return observed.errors().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One line for the progress log. */
    String summary() {
        return "%d turns, %.1f/s, first token +%.1f/%.1f/%.1f ms, %.3f ms CPU a turn, CPU %% server %.0f upstream %.0f client %.0f other %.0f, late p99 upstream %.1f client %.1f ms%s"
                .formatted(
                        observed.turns(),
                        observed.turnsPerSecond(),
                        observed.firstTokenOverhead().p50(),
                        observed.firstTokenOverhead().p95(),
                        observed.firstTokenOverhead().p99(),
                        cpuMillisPerTurn(),
                        cpu.percent(cpu.server()),
                        cpu.percent(cpu.upstream()),
                        cpu.percent(cpu.client()),
                        cpu.foreignPercent(),
                        upstreamLatenessP99,
                        observed.clientLateness().p99(),
                        observed.errors().isEmpty() ? "" : ", errors " + observed.errors());
    }
}
