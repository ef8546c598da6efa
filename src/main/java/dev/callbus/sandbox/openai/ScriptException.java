package dev.callbus.sandbox.openai;

/** A fault in a script, told with its place and its remedy. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the message {@code source:line: key: problem}; the line is left out when it is 0, the key when it is empty. */
    ScriptException(String source, int line, String key, String problem) {
        super(source + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + problem);
    }
}
