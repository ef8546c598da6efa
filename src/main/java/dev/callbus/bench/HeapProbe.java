package dev.callbus.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Asks another JVM for its live heap with {@code jcmd PID GC.class_histogram}, which collects the garbage first. */
final class HeapProbe {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private HeapProbe() {}

    /** Live heap bytes of the JVM {@code pid}, empty when this JDK has no {@code jcmd} or it fails. */
    static OptionalLong liveBytes(long pid) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) return OptionalLong.empty();
        var process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return totalOf(histogram);
    }

    /** The bytes in a histogram's {@code Total} line. */
    static OptionalLong totalOf(String histogram) {
        var total = TOTAL.matcher(histogram);
        return total.find() ? OptionalLong.of(Long.parseLong(total.group(1))) : OptionalLong.empty();
    }
}
