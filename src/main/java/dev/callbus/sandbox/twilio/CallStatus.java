package dev.callbus.sandbox.twilio;

import java.util.Locale;

/** How far a call has come. Source: twilio.com/docs/voice/api/call-resource#call-status-values */
public enum CallStatus {
    QUEUED,
    INITIATED,
    RINGING,
    IN_PROGRESS,
    COMPLETED,
    BUSY,
    NO_ANSWER,
    CANCELED,
    FAILED;

    /** As webhooks write it; a setup frame has the constant's name. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether nobody has picked up so far. */
    public boolean isPending() {
        return switch (this) {
            case QUEUED, INITIATED, RINGING -> true;
            case IN_PROGRESS, COMPLETED, BUSY, NO_ANSWER, CANCELED, FAILED -> false;
        };
    }

    /** Whether nothing follows. */
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, INITIATED, RINGING, IN_PROGRESS -> false;
            case COMPLETED, BUSY, NO_ANSWER, CANCELED, FAILED -> true;
        };
    }
}
