package dev.callbus.channel.records;

import java.util.List;

/**
 * A recording as a ticket's note.
 *
 * @param seconds 0 if it is not known
 * @param start a time as Twilio gave it, or empty
 * @param url of the MP3 at Twilio
 * @param file the attachment's name, or why there is none
 */
record RecordingNote(String callSid, String recordingSid, int seconds, String start, String url, String file) {

    String text() {
        return Plain.lines(List.of(
                "=== CALL RECORDING ===",
                "Call SID: " + callSid,
                "Recording SID: " + recordingSid,
                seconds == 0 ? "" : "Duration: " + seconds + " seconds",
                start.isEmpty() ? "" : "Start: " + start,
                "File: " + file,
                "At Twilio (asks for the account's credentials): " + url,
                "=== END OF RECORDING ==="));
    }
}
