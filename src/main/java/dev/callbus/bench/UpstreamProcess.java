package dev.callbus.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fake model in a process of its own.
 *
 * @param process its process
 * @param port its port
 */
record UpstreamProcess(ChildProcess process, int port) implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)\n");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    /** Starts it on a free port with the given pace. */
    static UpstreamProcess start(Pace pace, CorePinning pinning) throws IOException, InterruptedException {
        var arguments = List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                ChildProcess.QUIET_LOG,
                "-cp",
                System.getProperty("java.class.path"),
                FakeUpstream.class.getName(),
                "--ttft=" + pace.ttft(),
                "--itd=" + pace.itd(),
                "--tokens=" + pace.tokens());
        var process = ChildProcess.java(pinning, 1, arguments, Map.of());
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            var listening = LISTENING.matcher(process.printed());
            if (listening.find()) return new UpstreamProcess(process, Integer.parseInt(listening.group(1)));
            Thread.sleep(20);
        }
        var lastWords = process.lastWords();
        process.close();
        throw new IOException("the fake model did not start:\n" + lastWords);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
