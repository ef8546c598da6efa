package dev.callbus.bench;

/**
 * The distribution of a duration in milliseconds, rounded to microseconds.
 *
 * @param count number of samples; with none the percentiles are zero
 * @param p50 median
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param max largest sample
 */
record Spread(int count, double p50, double p95, double p99, double max) {

    /** The value rounded to three decimals, and zero for what is no number. */
    static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : 0;
    }
}
