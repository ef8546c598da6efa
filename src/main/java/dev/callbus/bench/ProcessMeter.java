package dev.callbus.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reads a process's CPU time and memory from {@code /proc}; where there is none (not Linux) the CPU time comes from the
 * JDK and the rest is zero. The CPU time is that of all threads, ended ones too, in steps of one clock tick.
 */
final class ProcessMeter {
    private static final Pattern RSS = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final double MILLIS_PER_TICK = 10;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private ProcessMeter() {}

    /** CPU time in milliseconds, user and system, that the process {@code pid} has used so far. */
    static double cpuMillis(long pid) {
        var stat = Path.of("/proc/" + pid + "/stat");
        if (Files.exists(stat)) return cpuMillisOf(read(stat));
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(Duration::toMillis)
                .orElse(0L);
    }

    /** Resident memory of the process {@code pid} in KiB, zero when unknown. */
    static long residentKib(long pid) {
        var status = Path.of("/proc/" + pid + "/status");
        return Files.exists(status) ? residentKibOf(read(status)) : 0;
    }

    /** CPU time in milliseconds that all processes of the machine have used since it started, zero when unknown. */
    static double machineCpuMillis() {
        var stat = Path.of("/proc/stat");
        return Files.exists(stat) ? machineCpuMillisOf(read(stat)) : 0;
    }

    /** The CPU time in a {@code /proc/PID/stat}, whose command name may hold spaces and brackets. */
    static double cpuMillisOf(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * MILLIS_PER_TICK;
    }

    /** The {@code VmRSS} in a {@code /proc/PID/status}, zero for a process without memory. */
    static long residentKibOf(String status) {
        var matcher = RSS.matcher(status);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** The busy time (user, nice, system, irq, softirq) in a {@code /proc/stat}. */
    static double machineCpuMillisOf(String stat) {
        var fields = stat.lines().findFirst().orElse("").split("\\s+", -1);
        var busy = Arrays.stream(new int[] {1, 2, 3, 6, 7})
                .mapToLong(field -> Long.parseLong(fields[field]))
                .sum();
        return busy * MILLIS_PER_TICK;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
