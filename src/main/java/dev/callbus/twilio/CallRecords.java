package dev.callbus.twilio;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Sensitive;
import dev.callbus.twilio.TwilioProtocol.Line;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Twilio keeps of a call that is over, put together. */
record CallRecords(RecordsRest rest) {
    private static final Pattern CALL = Pattern.compile("CA[0-9a-fA-F]{32}");
    private static final Pattern RECORDING = Pattern.compile("RE[0-9a-fA-F]{32}");

    /** A transcript, with the call that it was made of. */
    TwilioProtocol.Transcript transcript(String transcriptSid) {
        var transcript = rest.transcript(transcriptSid);
        var lines = rest.sentences(transcriptSid).stream()
                .map(each -> new Line(speaker(transcript.participants(), each.channel()), new Sensitive(each.text())))
                .toList();
        return new TwilioProtocol.Transcript(
                transcriptSid, call(transcript), transcript.durationSeconds(), transcript.language(), lines);
    }

    /** A recording with its sound. */
    TwilioProtocol.Recording recording(String recordingSid) {
        var recording = rest.recording(recordingSid);
        if (recording.status().equals("absent") || recording.status().equals("deleted")) {
            throw new BusException(Failure.NOT_FOUND, "the recording has no sound");
        }
        return switch (rest.sound(recordingSid)) {
            case Download.Fetched(var file, var bytes) ->
                new TwilioProtocol.RecordingFile(
                        recording.callSid(), recording.durationSeconds(), file.toString(), bytes);
            case Download.Refused(var reason) ->
                new TwilioProtocol.RecordingWithoutFile(recording.callSid(), recording.durationSeconds(), reason);
        };
    }

    /** The call: the source itself, the one of the recording that is the source, or the one that it was ordered for. */
    private @Nullable String call(RecordsRest.Transcribed transcript) {
        if (CALL.matcher(transcript.sourceSid()).matches()) {
            return transcript.sourceSid();
        }
        var recorded = RECORDING.matcher(transcript.sourceSid()).matches() ? callOf(transcript.sourceSid()) : null;
        boolean ordered = CALL.matcher(transcript.customerKey()).matches();
        return recorded == null && ordered ? transcript.customerKey() : recorded;
    }

    /** The call of a recording; null if the recording is gone. */
    private @Nullable String callOf(String recordingSid) {
        try {
            return rest.recording(recordingSid).callSid();
        } catch (RestFailure e) {
            if (e.status() == 404) {
                return null;
            }
            throw e;
        }
    }

    private static String speaker(List<RecordsRest.Participant> participants, int channel) {
        return participants.stream()
                .filter(each -> each.channel() == channel && each.role().matches("[A-Za-z ]{1,30}"))
                .map(RecordsRest.Participant::role)
                .findFirst()
                .orElse("Speaker " + channel);
    }
}
