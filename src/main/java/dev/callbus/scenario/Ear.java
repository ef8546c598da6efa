package dev.callbus.scenario;

import dev.callbus.sandbox.twilio.PhoneEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the caller has heard of the agent, up to which point he has understood it, and what happened on his line. Thread-safe. */
final class Ear {
    private final Supplier<Duration> clock;
    private final StringBuilder heard = new StringBuilder();
    private final List<Heard> words = new ArrayList<>();
    private final Dialogue dialogue = new Dialogue();
    private int understood;
    private boolean speaking;
    private boolean connected;
    private boolean callOver;
    private Duration lastSound = Duration.ZERO;

    Ear(Supplier<Duration> clock) {
        this.clock = clock;
    }

    /** Takes what happens on the line. */
    synchronized void take(PhoneEvent event) {
        var now = clock.get();
        switch (event) {
            case PhoneEvent.AgentHeard word -> hear(word.word(), now);
            case PhoneEvent.AgentSpeaking voice -> speaks(voice.on(), now);
            case PhoneEvent.AgentFrame frame -> lastSound = now;
            case PhoneEvent.Connected up -> {
                connected = true;
                lastSound = now;
            }
            case PhoneEvent.SessionEnded over -> {
                connected = false;
                speaking = false;
            }
            case PhoneEvent.CallEnded over -> {
                connected = false;
                callOver = true;
            }
            case PhoneEvent other -> {}
        }
        remark(event).ifPresent(what -> dialogue.remark(now, "(" + what + ")"));
    }

    private static Optional<String> remark(PhoneEvent event) {
        return switch (event) {
            case PhoneEvent.AgentInterrupted cut -> Optional.of("cuts the agent short");
            case PhoneEvent.NotHeard lost -> Optional.of(lost.what() + " is not heard");
            case PhoneEvent.Alert alert -> Optional.of("Twilio " + alert.code() + ": " + alert.message());
            case PhoneEvent.HandedOver handed -> Optional.of(handed.verb() + " " + handed.to());
            case PhoneEvent.SessionEnded over -> Optional.of("session " + over.status());
            case PhoneEvent.CallEnded over -> Optional.of("call " + over.status());
            case PhoneEvent.WebhookAnswered answer -> Optional.empty();
            case PhoneEvent.Connected up -> Optional.empty();
            case PhoneEvent.AgentFrame frame -> Optional.empty();
            case PhoneEvent.AgentHeard word -> Optional.empty();
            case PhoneEvent.AgentSpeaking voice -> Optional.empty();
            case PhoneEvent.PromptSent prompt -> Optional.empty();
        };
    }

    private void hear(String word, Duration now) {
        var text = isSeparated() ? word.stripLeading() : word;
        words.add(new Heard(heard.length(), now));
        heard.append(text);
        lastSound = now;
        dialogue.agent(now, text);
    }

    private void speaks(boolean on, Duration now) {
        speaking = on;
        lastSound = now;
        if (!on) {
            separate();
        }
    }

    /** Notes what the caller does. */
    synchronized void caller(String what) {
        dialogue.caller(clock.get(), what);
    }

    /** Notes what else happens. */
    synchronized void remark(String what) {
        dialogue.remark(clock.get(), what);
    }

    /** What was heard since the last step that understood something. */
    synchronized String news() {
        return heard.substring(understood);
    }

    /** All that was heard. */
    synchronized String all() {
        return heard.toString();
    }

    /** How much was heard and understood; as long as this is the same, so is the news. */
    synchronized Progress progress() {
        return new Progress(heard.length(), understood);
    }

    /** How many words there are in the news. */
    synchronized int newWords() {
        return (int) words.stream().filter(word -> word.start() >= understood).count();
    }

    /** Takes all as understood. */
    synchronized void understandAll() {
        understood = heard.length();
    }

    /**
     * Looks in the news for something and takes all up to there as understood.
     *
     * @return when its first word was heard; empty if it wasn't
     */
    synchronized Optional<Duration> understand(Function<String, Optional<Words.Span>> search) {
        int from = understood;
        return search.apply(news()).map(span -> {
            understood = from + span.end();
            return timeOf(from + span.start());
        });
    }

    synchronized boolean isSpeaking() {
        return speaking;
    }

    synchronized boolean isConnected() {
        return connected;
    }

    synchronized boolean isCallOver() {
        return callOver;
    }

    /** When the agent was last heard, or sent something. */
    synchronized Duration lastSound() {
        return lastSound;
    }

    /** The conversation so far, a line for each who spoke. */
    synchronized List<String> lines() {
        return dialogue.lines();
    }

    private Duration timeOf(int position) {
        var time = Duration.ZERO;
        for (var word : words) {
            if (word.start() > position) {
                break;
            }
            time = word.at();
        }
        return time;
    }

    private void separate() {
        if (!isSeparated()) {
            heard.append(' ');
            dialogue.pause();
        }
    }

    private boolean isSeparated() {
        return heard.isEmpty() || Character.isWhitespace(heard.charAt(heard.length() - 1));
    }

    /** Where hearing and understanding are, in characters. */
    record Progress(int heard, int understood) {}

    private record Heard(int start, Duration at) {}
}
