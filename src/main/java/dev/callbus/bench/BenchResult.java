package dev.callbus.bench;

import java.util.List;

/**
 * All that was measured of one server.
 *
 * @param kind the server
 * @param loads one report for each number of calls
 * @param setUps calls without turns
 * @param idle calls without a word
 */
record BenchResult(ServerKind kind, List<LoadReport> loads, LoadReport setUps, Idle idle) {

    /** Things that went wrong. */
    int errors() {
        return loads.stream().mapToInt(LoadReport::errors).sum() + setUps.errors();
    }
}
