package dev.callbus;

import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The caller of the demo: proves who he is with the code that reaches his phone, has a ticket made and read back, another one
 * updated, asks for somebody else's, and once cuts the agent short.
 */
final class ScriptedCaller {
    private static final long PATIENCE_SECONDS = 15;
    private static final long BREATH_MILLIS = 500;
    private static final int WORDS_BEFORE_INTERRUPTION = 6;

    /** A ticket number as it is spoken: letter by letter, digit by digit. */
    private static final Pattern TICKET = Pattern.compile("I ?N ?C[ ,.]*((?:\\d[ ,]*){7})");

    private static final Pattern CODE = Pattern.compile("\\b(\\d{4,10})\\b");

    private static final List<Line> LINES = List.of(
            new Says("Hi there, I have a question about my tickets."),
            new Says("Yes, please."),
            new KeysCode(),
            new Says("Please open a ticket, my laptop doesn't start since this morning."),
            new SaysTicket("Can you read ticket %s back to me?"),
            new CutsShort("Thanks, that's right. And which tickets do I have?"),
            new SaysTicket("Please add a note to %s, it also happens with another cable."),
            new Says("One more thing. What does ticket INC0010150 say?"),
            new Says("No, that's all. Goodbye!"));

    private final PhoneScreen screen;
    private final Semaphore answers = new Semaphore(0);
    private final Semaphore words = new Semaphore(0);
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private boolean answering = true;
    private volatile boolean speaking;
    private volatile boolean done;

    ScriptedCaller(PhoneScreen screen) {
        this.screen = screen;
    }

    /** Notices what the agent says in answer to the last line, and when he has finished. */
    void heard(PhoneEvent event) {
        switch (event) {
            case PhoneEvent.PromptSent prompt -> answering = false;
            case PhoneEvent.AgentSpeaking voice -> {
                speaking = voice.on();
                if (answering && !voice.on()) {
                    answers.release();
                }
                answering = answering || voice.on();
            }
            case PhoneEvent.AgentHeard word -> {
                heard.add(word.word());
                words.release();
            }
            case PhoneEvent.CallEnded ended -> {
                answers.release();
                words.release(WORDS_BEFORE_INTERRUPTION);
            }
            default -> {}
        }
    }

    /** A text message has reached the phone. */
    void received(String message) {
        messages.add(message);
    }

    boolean isDone() {
        return done;
    }

    /** Holds the whole conversation; ends early if the call does. */
    void converse(PhoneCall call) throws InterruptedException {
        awaitAnswer();
        for (int i = 0; i < LINES.size() && !call.ended().isComplete(); i++) {
            var line = LINES.get(i);
            answers.drainPermits();
            words.drainPermits();
            act(call, line);
            if (i + 1 < LINES.size() && LINES.get(i + 1) instanceof CutsShort) {
                words.tryAcquire(WORDS_BEFORE_INTERRUPTION, PATIENCE_SECONDS, TimeUnit.SECONDS);
            } else {
                awaitAnswer();
            }
        }
        done = true;
    }

    private void act(PhoneCall call, Line line) throws InterruptedException {
        var ticket = lastTicket();
        heard.clear();
        switch (line) {
            case Says says -> say(call, says.words());
            case CutsShort cut -> say(call, cut.words());
            case SaysTicket about -> say(call, about.words().formatted(ticket));
            case KeysCode keys -> key(call);
        }
    }

    private void say(PhoneCall call, String sentence) {
        screen.caller(sentence);
        call.say(sentence);
    }

    private void key(PhoneCall call) throws InterruptedException {
        var message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        var code = CODE.matcher(message == null ? "" : message);
        if (code.find()) {
            screen.caller("(keys the code) " + "•".repeat(code.group(1).length()));
            call.press(code.group(1));
        } else {
            screen.note("no code arrived on the caller's phone");
        }
    }

    /** The number that the agent spoke last, as ServiceNow writes it. */
    private String lastTicket() {
        return TICKET.matcher(String.join("", heard))
                .results()
                .map(found -> "INC" + found.group(1).replaceAll("\\D", ""))
                .reduce((before, last) -> last)
                .orElse("INC0000000");
    }

    /** Listens until the agent has said something and then is silent for a breath: between two sentences he isn't done. */
    private void awaitAnswer() throws InterruptedException {
        answers.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        do {
            Thread.sleep(BREATH_MILLIS);
            answers.drainPermits();
        } while (speaking && answers.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** What the caller does next. */
    private sealed interface Line {}

    private record Says(String words) implements Line {}

    /** Said while the agent speaks. */
    private record CutsShort(String words) implements Line {}

    /** Said with the number of the ticket that the agent spoke of last. */
    private record SaysTicket(String words) implements Line {}

    /** The code on the caller's phone is keyed in. */
    private record KeysCode() implements Line {}
}
