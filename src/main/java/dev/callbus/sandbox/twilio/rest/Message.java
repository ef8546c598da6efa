package dev.callbus.sandbox.twilio.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An SMS or MMS from a number of the account to a phone.
 *
 * @param place in the order in which the account's messages were accepted
 * @param sent when the carrier took it; null before
 */
public record Message(
        String sid,
        long place,
        String from,
        String to,
        String body,
        List<String> mediaUrls,
        MessageStatus status,
        Instant created,
        Instant updated,
        @Nullable Instant sent) {

    /** A message; its media are copied. */
    public Message {
        mediaUrls = List.copyOf(mediaUrls);
    }

    /** The same, further on its way. */
    Message moved(MessageStatus status, Instant now) {
        return new Message(sid, place, from, to, body, mediaUrls, status, created, now, sent == null ? now : sent);
    }

    /** What may be shown of it: not what it says. */
    @Override
    public String toString() {
        return "Message[sid=" + sid + ", status=" + status + "]";
    }
}
