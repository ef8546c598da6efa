package dev.callbus;

import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The caller of the demo: says his lines one after the other, listens in between, and once cuts the agent short. */
final class ScriptedCaller {
    private static final long PATIENCE_SECONDS = 15;
    private static final long BREATH_MILLIS = 500;
    private static final int WORDS_BEFORE_INTERRUPTION = 6;

    private static final List<Line> LINES = List.of(
            new Line("Hi there, is this the IT help desk?", false),
            new Line("Are you a real person?", false),
            new Line("Okay. My laptop can't get on the Wi-Fi.", false),
            new Line("Yes, I can see it.", false),
            new Line("That did it, it works now. But my printer doesn't print either.", false),
            new Line("Sorry, it's the one on the third floor.", true),
            new Line("Could you repeat that?", false),
            new Line("Yes, the light is on.", false),
            new Line("Great, that helped. And what if I forget my password?", false),
            new Line("And are you open tomorrow?", false),
            new Line("Thank you very much.", false),
            new Line("No, that's all. Goodbye!", false));

    private final PhoneScreen screen;
    private final Semaphore answers = new Semaphore(0);
    private final Semaphore words = new Semaphore(0);
    private boolean answering = true;
    private volatile boolean done;

    ScriptedCaller(PhoneScreen screen) {
        this.screen = screen;
    }

    /** Notices what the agent says in answer to the last line, and when he has finished. */
    void heard(PhoneEvent event) {
        switch (event) {
            case PhoneEvent.PromptSent prompt -> answering = false;
            case PhoneEvent.AgentSpeaking speaking -> {
                if (answering && !speaking.on()) {
                    answers.release();
                }
                answering = answering || speaking.on();
            }
            case PhoneEvent.AgentHeard word -> words.release();
            case PhoneEvent.CallEnded ended -> {
                answers.release();
                words.release(WORDS_BEFORE_INTERRUPTION);
            }
            default -> {}
        }
    }

    boolean isDone() {
        return done;
    }

    /** Holds the whole conversation; ends early if the call does. */
    void converse(PhoneCall call) throws InterruptedException {
        awaitAnswer();
        for (int i = 0; i < LINES.size() && !call.ended().isComplete(); i++) {
            var line = LINES.get(i);
            if (!line.interrupts()) {
                Thread.sleep(BREATH_MILLIS);
            }
            answers.drainPermits();
            words.drainPermits();
            screen.caller(line.words());
            call.say(line.words());
            if (i + 1 < LINES.size() && LINES.get(i + 1).interrupts()) {
                words.tryAcquire(WORDS_BEFORE_INTERRUPTION, PATIENCE_SECONDS, TimeUnit.SECONDS);
            } else {
                awaitAnswer();
            }
        }
        done = true;
    }

    private void awaitAnswer() throws InterruptedException {
        answers.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** @param interrupts whether it is said while the agent speaks */
    private record Line(String words, boolean interrupts) {}
}
