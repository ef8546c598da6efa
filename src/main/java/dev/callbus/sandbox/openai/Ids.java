package dev.callbus.sandbox.openai;

import dev.callbus.time.LoopTime;

/** Makes ids that look like OpenAI's. */
final class Ids {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private Ids() {}

    /** Returns a prefix followed by random letters and digits. */
    static String next(String prefix, int length) {
        var id = new StringBuilder(prefix);
        LoopTime.random().ints(length, 0, ALPHABET.length()).forEach(index -> id.append(ALPHABET.charAt(index)));
        return id.toString();
    }
}
