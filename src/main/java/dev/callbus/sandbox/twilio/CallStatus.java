package dev.callbus.sandbox.twilio;

import java.util.Locale;

/** How far a call has come. */
enum CallStatus {
    RINGING,
    IN_PROGRESS,
    COMPLETED,
    BUSY,
    FAILED;

    /** As webhooks write it; a setup frame has the constant's name. */
    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
