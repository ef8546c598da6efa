package dev.callbus.config;

/** Says why a value can't be taken and what to write instead; it never quotes the value, which may be a secret. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final String remedy;

    public Refused(String problem, String remedy) {
        super(problem, null, false, false);
        this.remedy = remedy;
    }

    /** What is wrong, as the end of a sentence that begins with the key. */
    public String problem() {
        return String.valueOf(getMessage());
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
