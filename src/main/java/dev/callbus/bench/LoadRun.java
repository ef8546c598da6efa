package dev.callbus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * One measured load: ramp, warm-up, window, hang-up; with the CPU time that server, upstream and client spent in the window.
 *
 * @param target the server under load
 * @param shape the calls
 * @param pace how the fake model answers
 * @param answerCharacters length of a whole answer, 0 when unknown
 * @param serverPid the server's process
 * @param upstreamPid the fake model's process
 * @param upstreamPort the fake model's port
 */
record LoadRun(
        LoadTarget target,
        LoadShape shape,
        Pace pace,
        int answerCharacters,
        long serverPid,
        long upstreamPid,
        int upstreamPort) {

    /** Runs it on the calling thread, which blocks for as long as the shape says. */
    LoadReport run() throws IOException, InterruptedException {
        try (var client = new LoadClient(target, shape, answerCharacters)) {
            client.ramp();
            Thread.sleep(shape.warmUp());
            upstream("POST", "/__reset");
            var before = CpuReading.now(serverPid, upstreamPid);
            client.openWindow();
            Thread.sleep(shape.window());
            var used = CpuReading.now(serverPid, upstreamPid).since(before);
            var observed = client.closeWindow(pace, used.seconds());
            var lateness = upstream("GET", "/__stats").path("lateness");
            var resident = ProcessMeter.residentKib(serverPid);
            client.hangUp();
            return new LoadReport(
                    shape.calls(),
                    observed,
                    used,
                    resident,
                    lateness.path("p50").asDouble(),
                    lateness.path("p99").asDouble());
        }
    }

    private JsonNode upstream(String method, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + upstreamPort + path))
                    .timeout(Duration.ofSeconds(10))
                    .method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "{}" : ""))
                    .build();
            return MinimalModel.JSON.readTree(
                    http.send(request, BodyHandlers.ofString()).body());
        }
    }

    /**
     * CPU time in milliseconds at one moment, or between two.
     *
     * @param seconds when, on a monotonic clock
     * @param server of the server under load
     * @param upstream of the fake model
     * @param client of this process
     * @param machine of all processes
     */
    record CpuReading(double seconds, double server, double upstream, double client, double machine) {

        static CpuReading now(long serverPid, long upstreamPid) {
            return new CpuReading(
                    System.nanoTime() / 1e9,
                    ProcessMeter.cpuMillis(serverPid),
                    ProcessMeter.cpuMillis(upstreamPid),
                    ProcessMeter.cpuMillis(ProcessHandle.current().pid()),
                    ProcessMeter.machineCpuMillis());
        }

        CpuReading since(CpuReading before) {
            return new CpuReading(
                    seconds - before.seconds,
                    server - before.server,
                    upstream - before.upstream,
                    client - before.client,
                    machine - before.machine);
        }

        /** CPU time of processes that have nothing to do with the measurement, in percent of one core. */
        double foreignPercent() {
            return Math.max(0, percent(machine - server - upstream - client));
        }

        /** The given CPU time in percent of one core. */
        double percent(double millis) {
            return millis / (seconds * 10);
        }
    }
}
