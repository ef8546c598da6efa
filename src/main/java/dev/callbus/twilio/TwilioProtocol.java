package dev.callbus.twilio;

import dev.callbus.bus.Protocol;
import dev.callbus.bus.Sensitive;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Twilio's REST API. Its refusals come back as {@code BAD_REQUEST}, {@code NOT_FOUND}, {@code CONFLICT} (a Sync
 * revision that is not the current one), {@code BUSY} (429); {@code UNAVAILABLE} means that nothing was done, {@code BAD_GATEWAY} that it is
 * not known whether it was.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource, twilio.com/docs/messaging/api/message-resource, twilio.com/docs/sync/api,
 * twilio.com/docs/verify/api
 */
public sealed interface TwilioProtocol extends Protocol {

    /**
     * Places a call, once: should Twilio's answer get lost, the account's calls are searched for it.
     *
     * @param to E.164
     * @param from E.164, a number of the account
     * @param url where Twilio asks what to do once the call is answered
     * @param statusCallback where it reports progress
     * @param detectMachine whether it is to find out (beside the call) if a machine answered
     * @param ring how long it rings at most
     */
    record PlaceCall(String to, String from, String url, String statusCallback, boolean detectMachine, Duration ring)
            implements TwilioProtocol {}

    /** The call is on its way. */
    record Placed(String callSid, String status) implements TwilioProtocol {}

    /** Makes a live call go on with the TwiML of this URL. */
    record RedirectCall(String callSid, String url) implements TwilioProtocol {}

    /** Ends a call, whether it rings or is answered. */
    record EndCall(String callSid) implements TwilioProtocol {}

    /**
     * Sends a text message.
     *
     * @param to E.164, or {@code whatsapp:} and E.164
     */
    record SendMessage(String to, String from, String body) implements TwilioProtocol {}

    /** The message is on its way. */
    record Sent(String messageSid, String status) implements TwilioProtocol {}

    /** Done. */
    record Done() implements TwilioProtocol {}

    /** Finds the Sync service of this friendly name, or makes it, with these maps and documents. */
    record EnsureSync(String friendlyName, List<String> maps, List<String> documents) implements TwilioProtocol {
        public EnsureSync {
            maps = List.copyOf(maps);
            documents = List.copyOf(documents);
        }
    }

    /** The service is there; {@code serviceSid} is {@code IS…}. */
    record SyncReady(String serviceSid) implements TwilioProtocol {}

    /** Reads a map with all its items, however many pages that takes. */
    record ReadSyncMap(String serviceSid, String map) implements TwilioProtocol {}

    /** What is in the map. */
    record SyncItems(List<SyncItem> items) implements TwilioProtocol {
        public SyncItems {
            items = List.copyOf(items);
        }
    }

    /**
     * One item of a map, or one document.
     *
     * @param data JSON text
     * @param revision to be named in the next write
     * @param updatedAt ISO-8601
     */
    record SyncItem(String key, String data, String revision, String updatedAt) implements TwilioProtocol {}

    /** Reads a document. */
    record ReadSyncDocument(String serviceSid, String document) implements TwilioProtocol {}

    /**
     * Writes an item of a map, at most 16 KiB.
     *
     * @param revision that the item must have, or null if it must not exist; {@code CONFLICT} otherwise
     */
    record WriteSyncItem(
            String serviceSid,
            String map,
            String key,
            String data,
            @Nullable String revision) implements TwilioProtocol {}

    /** Writes a document that exists; {@code CONFLICT} if it has another revision. */
    record WriteSyncDocument(String serviceSid, String document, String data, String revision)
            implements TwilioProtocol {}

    /** Deletes an item of a map; {@code CONFLICT} if it has another revision, {@code NOT_FOUND} if it isn't there. */
    record DeleteSyncItem(String serviceSid, String map, String key, String revision) implements TwilioProtocol {}

    /**
     * Has Twilio Verify send a code. Within ten minutes of the first it is the same code again, and a further attempt, so this is never
     * repeated blindly: should the answer get lost, Twilio is asked once what became of it. {@code BUSY} means that the number was sent too
     * many codes, {@code BAD_REQUEST} that Twilio doesn't send to it.
     *
     * @param serviceSid {@code VA…}
     * @param to E.164
     * @param channel {@code sms} or {@code call}
     */
    record StartVerification(String serviceSid, Sensitive to, String channel) implements TwilioProtocol {}

    /**
     * The code is on its way.
     *
     * @param sid {@code VE…}, the same for every sending of one code
     */
    record VerificationStarted(String sid, String status) implements TwilioProtocol {}

    /** Checks a code, once: if the answer gets lost, it is not known whether the code was right, or is used up. */
    record CheckVerification(String serviceSid, String verificationSid, Sensitive code) implements TwilioProtocol {}

    /**
     * What the code was worth.
     *
     * @param status {@code approved}, {@code pending} for a wrong code, {@code max_attempts_reached} (Twilio's 60202), {@code expired} for
     *     a verification that is over, used up, or was never there (20404)
     */
    record VerificationChecked(String status, boolean valid) implements TwilioProtocol {}

    /** Reads a transcript that Conversational Intelligence made. Source: twilio.com/docs/conversational-intelligence/api */
    record ReadTranscript(String transcriptSid) implements TwilioProtocol {}

    /**
     * Answer to {@link ReadTranscript}.
     *
     * @param callSid null if it is no call's, as far as Twilio says
     * @param durationSeconds how long the conversation was
     * @param language such as {@code en-US}; empty if unknown
     */
    record Transcript(
            String transcriptSid, @Nullable String callSid, int durationSeconds, String language, List<Line> lines)
            implements TwilioProtocol {
        public Transcript {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A sentence of a {@link Transcript}, codes and all.
     *
     * @param speaker the role that Twilio knows, such as {@code Agent}, or else the channel's number
     */
    record Line(String speaker, Sensitive text) {}

    /** Fetches the sound of a recording, to be deleted by who asks. Source: twilio.com/docs/voice/api/recording */
    record FetchRecording(String recordingSid) implements TwilioProtocol {}

    /** Answer to {@link FetchRecording}. */
    sealed interface Recording extends TwilioProtocol {
        /** The call; null if Twilio names none. */
        @Nullable
        String callSid();
    }

    /**
     * The recording is here.
     *
     * @param path of an MP3 file on this node that only its owner may read
     */
    record RecordingFile(@Nullable String callSid, int durationSeconds, String path, long bytes) implements Recording {}

    /** The recording is known, its sound can't be had. */
    record RecordingWithoutFile(@Nullable String callSid, int durationSeconds, Reason reason) implements Recording {}

    /** Why there is no file. */
    enum Reason {
        /** Larger than is taken. */
        TOO_LARGE,
        /** Twilio leads elsewhere, where our credentials don't go. */
        STORED_ELSEWHERE
    }
}
