package dev.callbus.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the simulated calls observed, inside the measured window only; used on the load client's event loop. */
final class Measurement {
    private final Samples firstToken = new Samples();
    private final Samples lastToken = new Samples();
    private final Samples setUp = new Samples();
    private final Samples lateness = new Samples();
    private final Map<String, Integer> errors = new ConcurrentSkipListMap<>();
    private boolean open;
    private int calls;
    private int frames;

    /** Begins the window; errors before it are kept. */
    void open() {
        open = true;
    }

    /** Ends the window. */
    void close() {
        open = false;
    }

    /** A call was set up, from the webhook to the open socket. */
    void setUp(long nanos) {
        if (open) setUp.add(nanos);
    }

    /** A prompt left so much later than its timer was due: the load client's own lag. */
    void prompted(long lateNanos) {
        if (open) lateness.add(lateNanos);
    }

    /** The first words of an answer arrived so long after the prompt. */
    void firstToken(long nanos) {
        if (open) firstToken.add(nanos);
    }

    /** An answer ended so long after the prompt, in so many frames. */
    void turn(long nanos, int frames) {
        if (!open) return;
        lastToken.add(nanos);
        this.frames += frames;
    }

    /** A call had all its turns and hung up. */
    void call() {
        if (open) calls++;
    }

    /** Something went wrong; errors count at any time. */
    void error(String kind) {
        errors.merge(kind, 1, Integer::sum);
    }

    /** What went wrong since the first call, for a message. */
    String errorsSoFar() {
        return errors.toString();
    }

    /** The figures of a window of {@code seconds} with answers of the given pace. */
    Observed observed(Pace pace, double seconds) {
        var turns = lastToken.count();
        return new Observed(
                seconds,
                turns,
                turns / seconds,
                calls,
                turns == 0 ? 0 : (double) frames / turns,
                firstToken.spread(pace.ttft()),
                lastToken.spread(pace.lastTokenMillis()),
                setUp.spread(0),
                lateness.spread(0),
                Map.copyOf(errors));
    }

    /**
     * The figures of one window.
     *
     * @param seconds its length
     * @param turns answered prompts
     * @param turnsPerSecond the same per second
     * @param calls calls that had all their turns
     * @param framesPerTurn text frames of an answer
     * @param firstTokenOverhead prompt to first words, less what the model itself takes
     * @param lastTokenOverhead prompt to the answer's end, less what the model itself takes
     * @param setUp voice webhook to open socket
     * @param clientLateness lag of the load client itself
     * @param errors what went wrong, and how often, since the first call
     */
    record Observed(
            double seconds,
            int turns,
            double turnsPerSecond,
            int calls,
            double framesPerTurn,
            Spread firstTokenOverhead,
            Spread lastTokenOverhead,
            Spread setUp,
            Spread clientLateness,
            Map<String, Integer> errors) {}
}
