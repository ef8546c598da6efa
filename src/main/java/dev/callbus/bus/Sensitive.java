package dev.callbus.bus;

/** A text that callers said or keyed and that nobody is to see, such as a one-time code: it prints as a dot. */
public record Sensitive(String value) {

    /** The text in clear, for the one place that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "•";
    }
}
