package dev.callbus.call;

import java.time.Duration;
import java.time.Instant;

/**
 * Follows what the caller is hearing. Channels that report their speech ({@code agentSpeaking}, {@code tokensPlayed}) are
 * believed; for others, and for reports that never come, the end of speech is estimated from the length of the words.
 */
final class Playback {
    /** From the first words to the first sound; about 320 ms were observed with ConversationRelay. */
    private static final Duration FIRST_SOUND = Duration.ofMillis(320);
    /** How much longer than estimated a reported speech may take before the missing report is given up. */
    private static final Duration REPORT_GRACE = Duration.ofSeconds(3);

    /** How much slower than estimated words may be spoken before the caller is taken to hear nothing. */
    private static final Duration ESTIMATE_GRACE = Duration.ofSeconds(1);

    private final double charactersPerSecond;
    private boolean reportsSpeaking;
    private boolean reportsWords;
    private boolean speaking;
    private int unplayedLetters;
    private Instant lastSent = Instant.MIN;
    private Instant lastQuiet = Instant.MIN;
    private Instant estimatedEnd = Instant.MIN;
    private Instant latestEnd = Instant.MIN;

    Playback(double charactersPerSecond) {
        this.charactersPerSecond = charactersPerSecond;
    }

    /** These words go out now. */
    void sent(String words, Instant now) {
        if (words.isBlank() || Double.isInfinite(charactersPerSecond)) {
            return;
        }
        var duration = Duration.ofMillis((long) (words.length() * 1000 / charactersPerSecond));
        var begin = estimatedEnd.isAfter(now) ? estimatedEnd : now.plus(FIRST_SOUND);
        estimatedEnd = begin.plus(duration);
        latestEnd = estimatedEnd
                .plus(REPORT_GRACE)
                .plus(Duration.between(now, estimatedEnd).dividedBy(2));
        lastSent = now;
        unplayedLetters += letters(words);
    }

    /** The channel began or ended to speak. */
    void speaking(boolean on, Instant now) {
        reportsSpeaking = true;
        speaking = on;
        if (!on) {
            lastQuiet = now;
        }
    }

    /** The channel has spoken these words. */
    void played(String words) {
        reportsWords = true;
        unplayedLetters = Math.max(0, unplayedLetters - letters(words));
    }

    /** Everything that was waiting to be spoken is gone. */
    void purged(Instant now) {
        speaking = false;
        unplayedLetters = 0;
        lastQuiet = now;
        estimatedEnd = now;
        latestEnd = now;
    }

    /** Whether the agent is quiet and nothing waits to be spoken. */
    boolean isDone(Instant now) {
        if (!now.isBefore(deadline())) {
            return true;
        }
        if (!reportsSpeaking || speaking) {
            return false;
        }
        return reportsWords ? unplayedLetters == 0 : lastQuiet.isAfter(lastSent.plus(FIRST_SOUND));
    }

    /**
     * Whether by all that can be told nothing is left to be heard, also where the end of speech isn't reported because the agent
     * may go on. It may be wrong by a word.
     */
    boolean hasRunOut(Instant now) {
        return isDone(now)
                || (reportsWords && unplayedLetters == 0)
                || !now.isBefore(estimatedEnd.plus(ESTIMATE_GRACE));
    }

    /** When speech is taken to be over although nobody reported it. */
    Instant deadline() {
        return reportsSpeaking ? latestEnd : estimatedEnd;
    }

    private static int letters(String words) {
        int letters = 0;
        for (int i = 0; i < words.length(); i++) {
            if (Character.isLetterOrDigit(words.charAt(i))) {
                letters++;
            }
        }
        return letters;
    }
}
