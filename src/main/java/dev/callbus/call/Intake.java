package dev.callbus.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller puts in by voice and by key, until it is one complete input from which the gate has taken the codes. */
final class Intake {
    private final Gate gate;
    private final Duration keypadPause;
    private final Keypad keypad = new Keypad();
    private boolean maybeCode;
    private boolean closedByItself;

    Intake(Gate gate, Duration keypadPause) {
        this.gate = gate;
        this.keypadPause = keypadPause;
    }

    /** Whether keys have been pressed that are not complete yet. */
    boolean isCollecting() {
        return keypad.isCollecting();
    }

    /** A key was pressed; the input if it is complete with it. */
    Optional<String> key(String key, List<CallEffect> effects) {
        boolean belated = closedByItself && key.equals("#");
        closedByItself = false;
        if (belated) {
            return Optional.empty(); // it closes a code that was complete without it
        }
        boolean complete = keypad.press(key);
        maybeCode |= gate.isExpectingCode();
        closedByItself = !complete && gate.isExpectingCode() && keypad.length() == gate.codeLength();
        if (complete || closedByItself) {
            return keys(effects);
        }
        effects.add(new CallEffect.Arm(CallTimer.KEYPAD, keypadPause));
        return Optional.empty();
    }

    /** The keys that were pressed, if any: no more are awaited. */
    Optional<String> keys(List<CallEffect> effects) {
        if (!keypad.isCollecting()) {
            return Optional.empty();
        }
        effects.add(new CallEffect.Disarm(CallTimer.KEYPAD));
        var keys = keypad.take();
        boolean late = maybeCode && !gate.isExpectingCode();
        maybeCode = false;
        return Optional.of(late ? Gate.KEYED_TOO_LATE : gate.hearKeys(keys));
    }

    /** Something was said; keys that were pressed before belong to it. */
    String words(String utterance, List<CallEffect> effects) {
        var keys = keys(effects).stream();
        return Stream.concat(keys, Stream.of(gate.hear(utterance))).collect(Collectors.joining("\n"));
    }
}
