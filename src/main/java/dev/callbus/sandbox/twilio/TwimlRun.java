package dev.callbus.sandbox.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A document that a call is going through, verb by verb.
 *
 * @param document where it came from, for the URLs in it
 */
record TwimlRun(CallFlow flow, CallRecord call, EventFeed events, PhoneTimes times, List<Twiml> verbs, URI document) {

    void begin() {
        run(0);
    }

    private void run(int position) {
        if (position == verbs.size()) {
            flow.finish(CallStatus.COMPLETED);
            return;
        }
        Runnable next = () -> run(position + 1);
        switch (verbs.get(position)) {
            case Twiml.Say say -> speak(say.text(), next);
            case Twiml.Play play -> speak("♪", next);
            case Twiml.Pause pause -> pause(pause.seconds(), next);
            case Twiml.Hangup hangup -> hangUp();
            case Twiml.Reject reject -> reject(reject.reason());
            case Twiml.Redirect redirect -> flow.go(redirect.to(), document, Map.of());
            case Twiml.Start start -> next.run();
            case Twiml.Connect connect -> flow.connect(connect, document, next);
            case Twiml.Dial dial -> dial(dial, next);
            case Twiml.Enqueue enqueue -> enqueue(enqueue);
        }
    }

    /** Words of Twilio's own, or a recording. */
    private void speak(String words, Runnable next) {
        flow.answer();
        events.tell(at -> new PhoneEvent.AgentSpeaking(at, true));
        var length = Duration.ofNanos((long) (words.length() / times.charactersPerSecond() * 1e9));
        flow.after(length, () -> {
            events.tell(at -> new PhoneEvent.AgentHeard(at, words));
            events.tell(at -> new PhoneEvent.AgentSpeaking(at, false));
            next.run();
        });
    }

    private void pause(int seconds, Runnable next) {
        flow.answer();
        flow.after(times.twimlSecond().multipliedBy(seconds), next);
    }

    /** Only a call that nobody has answered can be rejected; another one just ends. */
    private void reject(String reason) {
        if (call.status().isPending()) {
            flow.reject(reason);
        } else {
            flow.finish(CallStatus.COMPLETED);
        }
    }

    private void hangUp() {
        flow.answer();
        flow.finish(CallStatus.COMPLETED);
    }

    private void dial(Twiml.Dial dial, Runnable next) {
        flow.answer();
        events.tell(at -> new PhoneEvent.Dialled(at, dial.party()));
        flow.after(times.handoffTime(), () -> {
            if (dial.action() == null) {
                next.run();
            } else {
                flow.go(dial.action(), document, Map.of("DialCallStatus", "no-answer", "DialBridged", "false"));
            }
        });
    }

    /** Nobody takes the call from the queue; after a while the caller hangs up. */
    private void enqueue(Twiml.Enqueue enqueue) {
        flow.answer();
        events.tell(at -> new PhoneEvent.Enqueued(at, enqueue.queue(), enqueue.task()));
        flow.after(times.handoffTime(), () -> {
            var seconds = String.valueOf(times.handoffTime().toSeconds());
            flow.leave(enqueue.action(), document, Map.of("QueueResult", "hangup", "QueueTime", seconds));
        });
    }
}
