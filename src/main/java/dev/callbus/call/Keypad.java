package dev.callbus.call;

/**
 * Collects the keys that a caller presses, to {@code #}, until a pause, or to as many digits as are awaited, so that they
 * are one input. No word of it is spoken or logged here.
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

    /** How many keys were pressed. */
    int length() {
        return keys.length();
    }

    /** What was keyed; nothing is left. */
    String take() {
        var taken = keys.toString();
        keys.setLength(0);
        return taken;
    }
}
