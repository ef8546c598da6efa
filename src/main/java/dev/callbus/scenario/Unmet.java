package dev.callbus.scenario;

/** An expectation that isn't met, told in words. */
final class Unmet extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String expected;
    private final String got;

    Unmet(String expected, String got) {
        super("expected " + expected + ", got " + got);
        this.expected = expected;
        this.got = got;
    }

    String expected() {
        return expected;
    }

    String got() {
        return got;
    }
}
