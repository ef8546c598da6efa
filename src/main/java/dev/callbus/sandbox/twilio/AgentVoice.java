package dev.callbus.sandbox.twilio;

import dev.callbus.sandbox.twilio.Speaker.Cut;
import dev.callbus.sandbox.twilio.Speaker.Manner;
import dev.callbus.sandbox.twilio.Speaker.Sound;
import dev.callbus.time.LoopTime;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/** A {@link Speaker} in real time: tells what is heard when it is heard. Lives on its call's context. */
final class AgentVoice {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long DIGIT_NANOS = 200 * NANOS_PER_MILLI;
    private static final long RECORDING_NANOS = 1000 * NANOS_PER_MILLI;
    private static final double LIFELIKE = PhoneTimes.lifelike().charactersPerSecond();

    private final Vertx vertx;
    private final Speaker speaker;
    private final Consumer<Sound> listener;
    private final double slowness;
    private long timer = -1;

    AgentVoice(Vertx vertx, PhoneTimes times, Consumer<Sound> listener) {
        this.vertx = vertx;
        this.listener = listener;
        this.slowness = LIFELIKE / times.charactersPerSecond();
        this.speaker =
                new Speaker(times.charactersPerSecond(), times.firstSound().toNanos());
    }

    /** Takes a token of a talk cycle. */
    void say(String token, boolean last, Manner manner) {
        catchUp();
        tell(speaker.text(token, last, manner, LoopTime.nanos()));
        arm();
    }

    /** Takes a recording, each of whose rounds lasts as long as fifteen characters. */
    void play(String source, int rounds, Manner manner) {
        catchUp();
        tell(speaker.play(source, scaled(RECORDING_NANOS * rounds), manner, LoopTime.nanos()));
        arm();
    }

    /** Takes digits to dial. */
    void dial(String digits, Manner manner) {
        catchUp();
        speaker.digits(digits, scaled(DIGIT_NANOS * digits.length()), manner, LoopTime.nanos());
        arm();
    }

    /** Whether the agent is to be heard. */
    boolean isAudible() {
        return speaker.isAudible();
    }

    /** Whether the caller could cut something off by speech, heard already or about to be. */
    boolean yieldsToSpeech() {
        catchUp();
        return speaker.isBusy() && speaker.interruptibleBy().speech();
    }

    /** Whether the caller could cut something off by a key. */
    boolean yieldsToDtmf() {
        catchUp();
        return speaker.isBusy() && speaker.interruptibleBy().dtmf();
    }

    /** Cuts off all that is heard or waits to be, and says where. */
    Cut cut() {
        vertx.cancelTimer(timer);
        return speaker.cut(LoopTime.nanos());
    }

    private long scaled(long nanos) {
        return (long) (nanos * slowness);
    }

    private void catchUp() {
        tell(speaker.advance(LoopTime.nanos()));
    }

    private void arm() {
        vertx.cancelTimer(timer);
        long next = speaker.nextAt();
        if (next != Long.MAX_VALUE) {
            long millis = Math.max(1, (next - LoopTime.nanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
            timer = vertx.setTimer(millis, due -> {
                catchUp();
                arm();
            });
        }
    }

    private void tell(List<Sound> sounds) {
        sounds.forEach(listener);
    }
}
