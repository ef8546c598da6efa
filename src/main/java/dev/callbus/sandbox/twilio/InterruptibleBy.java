package dev.callbus.sandbox.twilio;

/** What of a caller's input counts: as an interruption, or as input at all while the agent speaks. */
enum InterruptibleBy {
    NOTHING,
    DTMF,
    SPEECH,
    ANYTHING;

    /** The value of an attribute; the booleans of earlier revisions still hold. */
    static InterruptibleBy of(String attribute) {
        return switch (attribute) {
            case "none", "false" -> NOTHING;
            case "dtmf" -> DTMF;
            case "speech" -> SPEECH;
            default -> ANYTHING;
        };
    }

    static InterruptibleBy of(boolean interruptible) {
        return interruptible ? ANYTHING : NOTHING;
    }

    boolean speech() {
        return this == SPEECH || this == ANYTHING;
    }

    boolean dtmf() {
        return this == DTMF || this == ANYTHING;
    }
}
