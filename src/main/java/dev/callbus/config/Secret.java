package dev.callbus.config;

/** A value that must not be shown: it prints as dots and leaves only through {@link #reveal}. */
public record Secret(String value) {
    public static final Secret NONE = new Secret("");

    /** The value in clear, for the one place that sends or checks it. */
    public String reveal() {
        return value;
    }

    public boolean isPresent() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "(none)" : "••••";
    }
}
