package dev.callbus.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Sends the tokens of all running answers when they are due, with one timer for all of them; used on one event loop only.
 * A token is due against the arrival of its request, so a late one does not shift those after it.
 */
final class AnswerClock {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final AnswerScript script;
    private final long firstNanos;
    private final long stepNanos;
    private final Samples lateness = new Samples();
    private final PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparingLong(answer -> answer.due));
    private long timer = NO_TIMER;
    private long timerDue;
    private long completed;
    private long aborted;

    /** A clock whose answers begin after {@code ttft} ms and go on every {@code itd} ms. */
    AnswerClock(Vertx vertx, AnswerScript script, int ttft, int itd) {
        this.vertx = vertx;
        this.script = script;
        this.firstNanos = ttft * NANOS_PER_MILLI;
        this.stepNanos = itd * NANOS_PER_MILLI;
    }

    /** Begins an answer to a request that has just arrived. */
    void answer(HttpServerResponse response) {
        var answer = new Answer(response, System.nanoTime() + firstNanos);
        response.exceptionHandler(problem -> answer.gone = true);
        response.closeHandler(closed -> answer.gone = true);
        answers.add(answer);
        arm();
    }

    /** How late tokens have left since the last {@link #reset}, in nanoseconds. */
    Samples lateness() {
        return lateness;
    }

    /** Answers that are still being sent. */
    int active() {
        return answers.size();
    }

    /** Answers sent to their end since the last {@link #reset}. */
    long completed() {
        return completed;
    }

    /** Answers whose client went away since the last {@link #reset}. */
    long aborted() {
        return aborted;
    }

    /** Starts counting anew. */
    void reset() {
        lateness.clear();
        completed = 0;
        aborted = 0;
    }

    private void arm() {
        var next = answers.peek();
        if (next == null || (timer != NO_TIMER && timerDue <= next.due)) return;
        if (timer != NO_TIMER) vertx.cancelTimer(timer);
        timerDue = next.due;
        var wait = next.due - System.nanoTime();
        timer = vertx.setTimer(Math.max(1, Math.ceilDiv(wait, NANOS_PER_MILLI)), fired -> tick());
    }

    private void tick() {
        timer = NO_TIMER;
        var now = System.nanoTime();
        for (var next = answers.peek(); next != null && next.due <= now; next = answers.peek()) {
            answers.remove();
            step(next, now);
        }
        arm();
    }

    private void step(Answer answer, long now) {
        if (answer.gone) {
            aborted++;
            return;
        }
        lateness.add(now - answer.due);
        var events = script.steps().get(answer.step++);
        if (answer.step == script.steps().size()) {
            completed++;
            answer.response.end(events);
            return;
        }
        answer.response.write(events);
        answer.due += stepNanos;
        answers.add(answer);
    }

    /** One answer on its way. */
    private static final class Answer {
        private final HttpServerResponse response;
        private long due;
        private int step;
        private boolean gone;

        private Answer(HttpServerResponse response, long due) {
            this.response = response;
            this.due = due;
        }
    }
}
