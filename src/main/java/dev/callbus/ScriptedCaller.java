package dev.callbus;

import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The caller of the demo: says his lines one after the other, listens in between, and once cuts the agent short. */
final class ScriptedCaller {
    private static final long PATIENCE_SECONDS = 15;
    private static final long BREATH_MILLIS = 350;

    private static final List<Line> LINES = List.of(
            new Line("Hi there, is this the IT help desk?", false),
            new Line("Are you a real person?", false),
            new Line("Okay. My laptop can't get on the Wi-Fi.", false),
            new Line("Yes, I can see it.", false),
            new Line("That did it, it works now. But my printer doesn't print either.", false),
            new Line("Sorry, it's the one on the third floor.", true),
            new Line("Could you repeat that?", false),
            new Line("Yes, the light is on.", false),
            new Line("It prints again, great. What can I do if I forget my password?", false),
            new Line("And are you open tomorrow?", false),
            new Line("Thank you very much.", false),
            new Line("No, that's all. Goodbye!", false));

    private final PhoneScreen screen;
    private final Semaphore quiet = new Semaphore(0);
    private final Semaphore words = new Semaphore(0);
    private volatile boolean done;

    ScriptedCaller(PhoneScreen screen) {
        this.screen = screen;
    }

    /** Notices when the agent speaks and when he has finished. */
    void heard(PhoneEvent event) {
        if (event instanceof PhoneEvent.AgentSpeaking speaking && !speaking.on()) {
            quiet.release();
        } else if (event instanceof PhoneEvent.AgentHeard) {
            words.release();
        } else if (event instanceof PhoneEvent.CallEnded) {
            quiet.release();
            words.release();
        }
    }

    boolean isDone() {
        return done;
    }

    /** Holds the whole conversation; ends early if the call does. */
    void converse(PhoneCall call) throws InterruptedException {
        awaitQuiet();
        for (int i = 0; i < LINES.size() && !call.ended().isComplete(); i++) {
            Thread.sleep(BREATH_MILLIS);
            quiet.drainPermits();
            words.drainPermits();
            var line = LINES.get(i);
            screen.caller(line.words());
            call.say(line.words());
            boolean nextInterrupts = i + 1 < LINES.size() && LINES.get(i + 1).interrupts();
            if (nextInterrupts) {
                words.tryAcquire(4, PATIENCE_SECONDS, TimeUnit.SECONDS);
            } else {
                awaitQuiet();
            }
        }
        done = true;
    }

    private void awaitQuiet() throws InterruptedException {
        quiet.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** @param interrupts whether it is said while the agent speaks */
    private record Line(String words, boolean interrupts) {}
}
