package dev.callbus.llm.dialog.understanding;

/** A phrases file that can't be used; the message reads {@code file:line: what is wrong. remedy}. */
public final class PhrasesException extends Exception {
    /** A fault at this line of the file, counted from 1. */
    public PhrasesException(String file, int line, String problem, String remedy) {
        super(file + ":" + line + ": " + problem + ". " + remedy);
    }
}
