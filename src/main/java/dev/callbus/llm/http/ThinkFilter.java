package dev.callbus.llm.http;

/** Removes {@code <think>…</think>}, which raw local models put among their words, also when it comes in pieces. */
public final class ThinkFilter {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final StringBuilder held = new StringBuilder();
    private boolean thinking;

    /** What of these further words may be spoken now. */
    public String filter(String words) {
        if (!thinking && held.isEmpty() && words.indexOf('<') < 0) {
            return words;
        }
        held.append(words);
        var spoken = new StringBuilder();
        while (!held.isEmpty()) {
            var tag = thinking ? CLOSE : OPEN;
            int at = held.indexOf(tag);
            int safe = at >= 0 ? at : held.length() - partialTag(tag);
            if (!thinking) {
                spoken.append(held, 0, safe);
            }
            held.delete(0, at >= 0 ? at + tag.length() : safe);
            if (at < 0) {
                break;
            }
            thinking = !thinking;
        }
        return spoken.toString();
    }

    /** What was held back because a tag might have followed. */
    public String rest() {
        var rest = thinking ? "" : held.toString();
        held.setLength(0);
        return rest;
    }

    /** How many characters at the end may be the beginning of the tag. */
    private int partialTag(String tag) {
        for (int length = Math.min(tag.length() - 1, held.length()); length > 0; length--) {
            if (held.substring(held.length() - length).equals(tag.substring(0, length))) {
                return length;
            }
        }
        return 0;
    }
}
