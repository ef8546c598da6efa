package dev.callbus.sandbox.twilio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The voice of an agent as Twilio makes it: words, recordings and digits queue up, are heard one after the other at a speed,
 * and can be cut off. Words are spoken clause by clause; what follows the last whole clause stays unspoken until the talk cycle
 * is closed. Time is an input, in nanoseconds.
 */
final class Speaker {
    private static final Pattern CLAUSE_END = Pattern.compile("[.!?;:,…][\"')\\]”’]*(?=\\s)|[。！？；：，、]");
    private static final Pattern WORD = Pattern.compile("\\s*\\S+");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final double charactersPerSecond;
    private final long firstSoundNanos;
    private final Deque<Piece> queue = new ArrayDeque<>();
    private final StringBuilder unclosed = new StringBuilder();
    private final StringBuilder heard = new StringBuilder();
    private final StringBuilder clause = new StringBuilder();
    private boolean cycleOpen;
    private boolean scheduled;
    private boolean audible;
    private long soundsAt;
    private long pieceEndsAt;

    Speaker(double charactersPerSecond, long firstSoundNanos) {
        this.charactersPerSecond = charactersPerSecond;
        this.firstSoundNanos = firstSoundNanos;
    }

    /** Takes words, which go on with the open talk cycle or open one; {@code last} closes it. */
    List<Sound> text(String token, boolean last, Manner manner, long now) {
        var sounds = cycleOpen ? List.<Sound>of() : preempt();
        cycleOpen = true;
        unclosed.append(token);
        speakWholeClauses(manner);
        if (last) {
            speakRemainder(manner);
            cycleOpen = false;
        }
        schedule(now);
        return sounds;
    }

    /** Takes a recording, which is an utterance of its own. */
    List<Sound> play(String source, long nanos, Manner manner, long now) {
        var sounds = preempt();
        speakRemainder(manner);
        queue.add(new Piece(source, nanos, true, manner));
        schedule(now);
        return sounds;
    }

    /** Takes digits, which sound after what was said before them and cut nothing off. */
    void digits(String digits, long nanos, Manner manner, long now) {
        speakRemainder(manner);
        queue.add(new Piece(digits, nanos, true, manner));
        schedule(now);
    }

    /** Whether the agent is to be heard now. */
    boolean isAudible() {
        return audible;
    }

    /** Whether something is heard or about to be. */
    boolean isBusy() {
        return !queue.isEmpty();
    }

    /** What may interrupt the piece that is heard or comes first. */
    InterruptibleBy interruptibleBy() {
        return queue.isEmpty() ? InterruptibleBy.NOTHING : queue.getFirst().manner.by;
    }

    /** When there is something to {@link #advance} to; {@link Long#MAX_VALUE} if nothing is to be heard. */
    long nextAt() {
        if (!scheduled) {
            return Long.MAX_VALUE;
        }
        return audible ? pieceEndsAt : soundsAt;
    }

    /** Lets time pass. */
    List<Sound> advance(long now) {
        var sounds = new ArrayList<Sound>();
        if (scheduled && !audible && now >= soundsAt) {
            audible = true;
            sounds.add(new BeganToSpeak());
        }
        while (scheduled && audible && now >= pieceEndsAt) {
            hear(queue.remove(), sounds);
            if (queue.isEmpty()) {
                fallSilent(sounds);
            } else {
                pieceEndsAt += queue.getFirst().nanos;
            }
        }
        return sounds;
    }

    /** Cuts off all that is heard or waits to be. */
    Cut cut(long now) {
        long millis = audible ? Math.max(0, now - soundsAt) / NANOS_PER_MILLI : 0;
        var cut = new Cut(audible, heard.toString().strip(), clause.toString().strip(), millis);
        queue.clear();
        unclosed.setLength(0);
        forgetHeard();
        cycleOpen = false;
        scheduled = false;
        audible = false;
        return cut;
    }

    private void hear(Piece piece, List<Sound> sounds) {
        heard.append(piece.text);
        clause.append(piece.text);
        sounds.add(new HeardPiece(piece.text));
        if (piece.endsClause) {
            sounds.add(new PlayedClause(clause.toString().strip()));
            clause.setLength(0);
        }
    }

    private void fallSilent(List<Sound> sounds) {
        scheduled = false;
        audible = false;
        forgetHeard();
        sounds.add(new FellSilent());
    }

    /** Makes room for a new utterance: of what waits, all that may be pre-empted is dropped, be it half said. */
    private List<Sound> preempt() {
        var sounds = new ArrayList<Sound>();
        boolean cutsOff = !queue.isEmpty() && queue.getFirst().manner.preemptible;
        queue.removeIf(piece -> piece.manner.preemptible);
        if (cutsOff) {
            boolean wasAudible = audible;
            scheduled = false;
            audible = false;
            forgetHeard();
            if (wasAudible) {
                sounds.add(new FellSilent());
            }
        }
        return sounds;
    }

    private void speakWholeClauses(Manner manner) {
        var matcher = CLAUSE_END.matcher(unclosed);
        int end = 0;
        while (matcher.find()) {
            enqueue(unclosed.substring(end, matcher.end()), manner);
            end = matcher.end();
        }
        unclosed.delete(0, end);
    }

    private void speakRemainder(Manner manner) {
        enqueue(unclosed.toString(), manner);
        unclosed.setLength(0);
    }

    private void enqueue(String words, Manner manner) {
        var found = WORD.matcher(words).results().map(result -> result.group()).toList();
        for (int i = 0; i < found.size(); i++) {
            long nanos = Math.round(found.get(i).length() * NANOS_PER_SECOND / charactersPerSecond);
            queue.add(new Piece(found.get(i), nanos, i == found.size() - 1, manner));
        }
    }

    private void schedule(long now) {
        if (!scheduled && !queue.isEmpty()) {
            scheduled = true;
            soundsAt = now + firstSoundNanos;
            pieceEndsAt = soundsAt + queue.getFirst().nanos;
        }
    }

    private void forgetHeard() {
        heard.setLength(0);
        clause.setLength(0);
    }

    private record Piece(String text, long nanos, boolean endsClause, Manner manner) {}

    /**
     * How something is said.
     *
     * @param by what may interrupt it
     * @param preemptible whether the server's next utterance cuts it off
     */
    record Manner(InterruptibleBy by, boolean preemptible) {}

    /**
     * Where speech was cut off.
     *
     * @param audible whether the agent was to be heard at all
     * @param heard since the agent began to speak
     * @param clause what of it has not been reported as played
     * @param millis since the agent began to speak
     */
    record Cut(boolean audible, String heard, String clause, long millis) {}

    /** What is heard as time passes. */
    sealed interface Sound {}

    /** The first sound after silence. */
    record BeganToSpeak() implements Sound {}

    /** A word with the space before it, a recording's source, or digits; heard to its end. */
    record HeardPiece(String text) implements Sound {}

    /** A clause, heard to its end. */
    record PlayedClause(String text) implements Sound {}

    /** The last sound before silence. */
    record FellSilent() implements Sound {}
}
