package dev.callbus.sandbox.twilio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The voice of an agent as Twilio makes it: words queue up, are spoken at a speed, clause by clause, and can be cut off. A
 * clause at the end stays unspoken until the talk cycle is closed. Time is an input, in milliseconds.
 */
final class Speaker {
    private static final Pattern CLAUSE = Pattern.compile("[^.!?;:,]*[.!?;:,]+(?=\\s)");
    private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*?(?=\\s|$)");

    private final double charactersPerSecond;
    private final long firstSoundMillis;
    private final Deque<Word> queue = new ArrayDeque<>();
    private final StringBuilder unclosed = new StringBuilder();
    private final StringBuilder heard = new StringBuilder();
    private final StringBuilder clause = new StringBuilder();
    private boolean speaking;
    private boolean cycleOpen;
    private boolean lastCyclePreemptible;
    private long speakingSince;
    private long wordEndsAt;

    Speaker(double charactersPerSecond, long firstSoundMillis) {
        this.charactersPerSecond = charactersPerSecond;
        this.firstSoundMillis = firstSoundMillis;
    }

    /** Takes words; {@code by} says what may interrupt them. */
    void text(String token, boolean last, InterruptibleBy by, boolean preemptible, long now) {
        beginCycle(preemptible, now);
        unclosed.append(token);
        var matcher = CLAUSE.matcher(unclosed);
        int end = 0;
        while (matcher.find()) {
            enqueue(unclosed.substring(end, matcher.end()), by);
            end = matcher.end();
        }
        unclosed.delete(0, end);
        if (last) {
            enqueue(unclosed.toString(), by);
            unclosed.setLength(0);
            cycleOpen = false;
        }
        begin(now);
    }

    /** Takes something that sounds for so long. */
    void sound(String name, long millis, InterruptibleBy by, boolean preemptible, long now) {
        beginCycle(preemptible, now);
        cycleOpen = false;
        queue.add(new Word(name, millis, true, by));
        begin(now);
    }

    boolean isSpeaking() {
        return speaking;
    }

    /** What may interrupt the word that is being spoken. */
    InterruptibleBy interruptibleBy() {
        return queue.isEmpty() ? InterruptibleBy.NOTHING : queue.getFirst().by;
    }

    /** When there is something to {@link #advance} to; {@link Long#MAX_VALUE} if nothing is being spoken. */
    long nextAt() {
        return speaking ? wordEndsAt : Long.MAX_VALUE;
    }

    /** Lets time pass. */
    List<Sound> advance(long now) {
        var sounds = new ArrayList<Sound>();
        while (speaking && now >= wordEndsAt) {
            var word = queue.remove();
            heard.append(word.text);
            clause.append(word.text);
            sounds.add(new HeardWord(word.text));
            if (word.endsClause) {
                sounds.add(new PlayedClause(clause.toString()));
                clause.setLength(0);
            }
            if (queue.isEmpty()) {
                speaking = false;
                sounds.add(new FellSilent());
            } else {
                wordEndsAt += queue.getFirst().millis;
            }
        }
        return sounds;
    }

    /** Cuts everything off that is spoken or waits to be. */
    Cut cut(long now) {
        var cut = new Cut(heard.toString().strip(), clause.toString(), Math.max(0, now - speakingSince));
        queue.clear();
        unclosed.setLength(0);
        clause.setLength(0);
        cycleOpen = false;
        speaking = false;
        return cut;
    }

    private void beginCycle(boolean preemptible, long now) {
        if (!cycleOpen) {
            if (lastCyclePreemptible && speaking) {
                cut(now);
            }
            cycleOpen = true;
            lastCyclePreemptible = preemptible;
        }
    }

    private void enqueue(String words, InterruptibleBy by) {
        var matcher = WORD.matcher(words);
        var found = new ArrayList<String>();
        while (matcher.find()) {
            found.add(matcher.group());
        }
        for (int i = 0; i < found.size(); i++) {
            long millis = Math.max(1, Math.round(found.get(i).length() * 1000 / charactersPerSecond));
            queue.add(new Word(found.get(i), millis, i == found.size() - 1, by));
        }
    }

    private void begin(long now) {
        if (!speaking && !queue.isEmpty()) {
            speaking = true;
            heard.setLength(0);
            speakingSince = now + firstSoundMillis;
            wordEndsAt = speakingSince + queue.getFirst().millis;
        }
    }

    private record Word(String text, long millis, boolean endsClause, InterruptibleBy by) {}

    /** What may interrupt speech. */
    enum InterruptibleBy {
        NOTHING,
        DTMF,
        SPEECH,
        ANYTHING;

        static InterruptibleBy of(String attribute) {
            return switch (attribute) {
                case "none", "false" -> NOTHING;
                case "dtmf" -> DTMF;
                case "speech" -> SPEECH;
                default -> ANYTHING;
            };
        }

        boolean speech() {
            return this == SPEECH || this == ANYTHING;
        }

        boolean dtmf() {
            return this == DTMF || this == ANYTHING;
        }
    }

    /**
     * Where speech was cut off.
     *
     * @param heard since the agent began to speak
     * @param clause what of it has not been reported as played
     */
    record Cut(String heard, String clause, long millis) {}

    /** What is heard as time passes. */
    sealed interface Sound {}

    record HeardWord(String text) implements Sound {}

    record PlayedClause(String text) implements Sound {}

    record FellSilent() implements Sound {}
}
