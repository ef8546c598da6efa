package dev.callbus.call;

/**
 * Collects the keys that a caller presses, to {@code #} or until a pause, so that they reach the model as one input. No
 * word of it is spoken or logged here.
 */
final class Keypad {
    /** Longer than any number that a caller is asked for. */
    private static final int MOST = 40;

    private final StringBuilder keys = new StringBuilder();

    boolean isCollecting() {
        return !keys.isEmpty();
    }

    /** A key was pressed; true if the input is complete with it. */
    boolean press(String key) {
        keys.append(key);
        return key.equals("#") || keys.length() >= MOST;
    }

    /** What was keyed, as the model reads it; nothing is left. */
    String take() {
        var spaced = String.join(" ", keys.toString().split("", -1)).strip();
        keys.setLength(0);
        return "The caller keyed " + spaced;
    }
}
