package dev.callbus.call;

import java.time.Instant;
import java.util.List;

/**
 * The agent's mouth: whatever is said goes through it, so that wire, history and playback agree. On the telephone, what a
 * model writes becomes what can be spoken. It keeps the rule that a
 * talk cycle ends with exactly one {@code last:true} and that no other frame is empty.
 */
final class Voice {
    private final Conversation conversation;
    private final Playback playback;
    private final Medium medium;
    private SpeechText speech = new SpeechText();
    private boolean talking;
    private boolean betweenSentences;
    private boolean muted;

    Voice(Conversation conversation, Playback playback, Medium medium) {
        this.conversation = conversation;
        this.playback = playback;
        this.medium = medium;
    }

    /** Whether nothing is said at all. */
    boolean isMuted() {
        return muted;
    }

    /** Says nothing any more, or speaks again; words of a muted agent are lost, and no part of the history. */
    void mute(boolean on) {
        muted = on;
    }

    /** Says what the model said; more may follow. Whether anything is spoken already: a ticket number waits for its end. */
    boolean token(Conversation.Answer answer, String token, Instant now, List<CallEffect> effects) {
        return say(answer, medium == Medium.VOICE ? speech.next(token) : token, now, effects);
    }

    /** The model has said all of this answer or of this part of it; whether anything of it was still to be spoken. */
    boolean endTokens(Conversation.Answer answer, Instant now, List<CallEffect> effects) {
        var rest = medium == Medium.VOICE ? speech.end() : "";
        speech = new SpeechText();
        boolean said = say(answer, rest, now, effects);
        betweenSentences = true;
        return said;
    }

    private boolean say(Conversation.Answer answer, String words, Instant now, List<CallEffect> effects) {
        if (muted || words.isEmpty()) {
            return false;
        }
        send(answer, words, false, now, effects);
        betweenSentences = false;
        return true;
    }

    /** Says a sentence of our own; more may follow. */
    void sentence(Conversation.Answer answer, String words, Instant now, List<CallEffect> effects) {
        betweenSentences = true;
        send(answer, words, false, now, effects);
    }

    /** Says the last sentence of an answer. */
    void conclude(Conversation.Answer answer, String words, Instant now, List<CallEffect> effects) {
        if (muted) {
            close(effects);
            return;
        }
        betweenSentences = true;
        send(answer, words, true, now, effects);
        talking = false;
    }

    /** Says something that is no part of an answer; nothing if there are no words. */
    void announce(String words, Instant now, List<CallEffect> effects) {
        if (!words.isBlank()) {
            conclude(conversation.answer(now), words, now, effects);
        }
    }

    /** Nothing more is said in this talk cycle, if one is open; what was not spoken yet is left. */
    void close(List<CallEffect> effects) {
        speech = new SpeechText();
        if (talking) {
            effects.add(new CallEffect.Send(new CallProtocol.Text("", true)));
            talking = false;
        }
    }

    private void send(Conversation.Answer answer, String words, boolean last, Instant now, List<CallEffect> effects) {
        if (muted) {
            return;
        }
        boolean apart = talking && betweenSentences && !Character.isWhitespace(words.charAt(0));
        var spoken = apart ? " " + words : words;
        conversation.say(answer, spoken);
        playback.sent(spoken, now);
        effects.add(new CallEffect.Send(new CallProtocol.Text(spoken, last)));
        talking = true;
    }
}
