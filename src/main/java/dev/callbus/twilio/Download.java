package dev.callbus.twilio;

import java.nio.file.Path;

/** What became of the wish for a file. */
sealed interface Download {

    /** It is here; whoever takes it deletes it. */
    record Fetched(Path file, long bytes) implements Download {}

    /** It can't be had, now or later. */
    record Refused(TwilioProtocol.Reason reason) implements Download {}
}
