package dev.callbus.sandbox.twilio.rest;

import java.util.Locale;

/** How far an outgoing message has come. Source: twilio.com/docs/messaging/api/message-resource#message-status-values */
public enum MessageStatus {
    /** Accepted, and nothing more. */
    QUEUED,
    /** Taken by the carrier. */
    SENT,
    /** On the phone. */
    DELIVERED;

    /** Twilio's word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
