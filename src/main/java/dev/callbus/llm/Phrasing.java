package dev.callbus.llm;

import dev.callbus.time.LoopTime;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * Gathers words that follow each other quickly, so that a call handles phrases and not tokens. It never delays what can be
 * heard: the first words of an answer and every end of a clause, from which speech is made, go on at once, others within
 * {@value #HOLD_MILLIS} ms, which is far less than the speech that is still queued before them.
 */
final class Phrasing {
    private static final long HOLD_MILLIS = 100;
    private static final String CLAUSE_ENDS = ".!?;:,\n。！？、，";
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Consumer<ModelEvent.Delta> phrases;
    private final StringBuilder held = new StringBuilder();
    private long sentAt;
    private boolean begun;
    private long timer = NO_TIMER;

    Phrasing(Vertx vertx, Consumer<ModelEvent.Delta> phrases) {
        this.vertx = vertx;
        this.phrases = phrases;
    }

    /** Takes the next words. */
    void words(ModelEvent.Delta delta) {
        long waited = (LoopTime.nanos() - sentAt) / 1_000_000;
        if (held.isEmpty() && (!begun || waited >= HOLD_MILLIS || endsClause(delta.text()))) {
            send(delta);
            return;
        }
        held.append(delta.text());
        if (waited >= HOLD_MILLIS || endsClause(delta.text())) {
            flush();
        } else if (timer == NO_TIMER) {
            timer = vertx.setTimer(HOLD_MILLIS - waited, due -> {
                timer = NO_TIMER;
                flush();
            });
        }
    }

    /** Passes on what is held. */
    void flush() {
        drop();
        if (!held.isEmpty()) {
            var phrase = new ModelEvent.Delta(held.toString());
            held.setLength(0);
            send(phrase);
        }
    }

    /** Nobody wants what is held. */
    void cancel() {
        drop();
        held.setLength(0);
    }

    private void send(ModelEvent.Delta phrase) {
        begun = true;
        sentAt = LoopTime.nanos();
        phrases.accept(phrase);
    }

    private void drop() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private static boolean endsClause(String words) {
        for (int i = 0; i < words.length(); i++) {
            if (CLAUSE_ENDS.indexOf(words.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
