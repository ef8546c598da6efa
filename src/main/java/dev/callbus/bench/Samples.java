package dev.callbus.bench;

import java.util.Arrays;

/** A growing list of measured durations (nanoseconds) that answers exact percentiles; not thread-safe. */
final class Samples {
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] values = new long[1024];
    private int size;
    private boolean sorted = true;

    /** Adds one duration in nanoseconds; it may be negative. */
    void add(long nanos) {
        if (size == values.length) values = Arrays.copyOf(values, size * 2);
        values[size++] = nanos;
        sorted = false;
    }

    /** Forgets everything. */
    void clear() {
        size = 0;
        sorted = true;
    }

    /** How many durations were added. */
    int count() {
        return size;
    }

    /** The quantile {@code q} (0 to 1) by nearest rank, in milliseconds; NaN when there are no samples. */
    double quantileMillis(double q) {
        if (size == 0) return Double.NaN;
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        var rank = (int) Math.ceil(q * size) - 1;
        return values[Math.clamp(rank, 0, size - 1)] / NANOS_PER_MILLI;
    }

    /** The percentiles after {@code shiftMillis} has been taken off every sample. */
    Spread spread(double shiftMillis) {
        return new Spread(
                size,
                Spread.rounded(quantileMillis(0.5) - shiftMillis),
                Spread.rounded(quantileMillis(0.95) - shiftMillis),
                Spread.rounded(quantileMillis(0.99) - shiftMillis),
                Spread.rounded(quantileMillis(1) - shiftMillis));
    }
}
