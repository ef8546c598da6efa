package dev.callbus.bench;

import java.time.Duration;

/** Waits for other processes to leave the machine alone, because their work lengthens the tail of every latency. */
final class QuietMachine {
    private static final double BUSY_PERCENT = 30;
    private static final long SAMPLE_MILLIS = 1000;

    private QuietMachine() {}

    /** Blocks until less than a third of one core is in use, but no longer than {@code limit}. */
    static void await(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        var busy = true;
        while (busy && System.nanoTime() < deadline) busy = busyPercent() > BUSY_PERCENT;
    }

    private static double busyPercent() throws InterruptedException {
        var before = ProcessMeter.machineCpuMillis();
        Thread.sleep(SAMPLE_MILLIS);
        return (ProcessMeter.machineCpuMillis() - before) * 100 / SAMPLE_MILLIS;
    }
}
