package dev.callbus.twilio;

import dev.callbus.bus.Ask;
import dev.callbus.bus.Reach;
import java.time.Duration;

/** The addresses of Twilio control. */
public final class TwilioBus {
    private static final Duration CALLS = Duration.ofSeconds(20);
    private static final Duration MESSAGES = Duration.ofSeconds(15);
    private static final Duration SYNC = Duration.ofSeconds(30);
    private static final Duration VERIFY = Duration.ofMillis(6500);
    private static final Duration TRANSCRIPTS = Duration.ofSeconds(30);
    private static final Duration FILES = Duration.ofSeconds(90);

    public static final Ask<TwilioProtocol.PlaceCall, TwilioProtocol.Placed> PLACE =
            new Ask<>("twilio.call.place", Reach.NODE, CALLS);

    public static final Ask<TwilioProtocol.RedirectCall, TwilioProtocol.Done> REDIRECT =
            new Ask<>("twilio.call.redirect", Reach.NODE, CALLS);

    public static final Ask<TwilioProtocol.EndCall, TwilioProtocol.Done> END =
            new Ask<>("twilio.call.end", Reach.NODE, CALLS);

    public static final Ask<TwilioProtocol.SendMessage, TwilioProtocol.Sent> MESSAGE =
            new Ask<>("twilio.message.send", Reach.NODE, MESSAGES);

    public static final Ask<TwilioProtocol.EnsureSync, TwilioProtocol.SyncReady> SYNC_ENSURE =
            new Ask<>("twilio.sync.ensure", Reach.NODE, SYNC);

    public static final Ask<TwilioProtocol.ReadSyncMap, TwilioProtocol.SyncItems> SYNC_READ_MAP =
            new Ask<>("twilio.sync.map.read", Reach.NODE, SYNC);

    public static final Ask<TwilioProtocol.WriteSyncItem, TwilioProtocol.SyncItem> SYNC_WRITE_ITEM =
            new Ask<>("twilio.sync.map.write", Reach.NODE, SYNC);

    public static final Ask<TwilioProtocol.DeleteSyncItem, TwilioProtocol.Done> SYNC_DELETE_ITEM =
            new Ask<>("twilio.sync.map.delete", Reach.NODE, SYNC);

    public static final Ask<TwilioProtocol.ReadSyncDocument, TwilioProtocol.SyncItem> SYNC_READ_DOCUMENT =
            new Ask<>("twilio.sync.document.read", Reach.NODE, SYNC);

    public static final Ask<TwilioProtocol.WriteSyncDocument, TwilioProtocol.SyncItem> SYNC_WRITE_DOCUMENT =
            new Ask<>("twilio.sync.document.write", Reach.NODE, SYNC);

    public static final Ask<TwilioProtocol.StartVerification, TwilioProtocol.VerificationStarted> VERIFY_START =
            new Ask<>("twilio.verify.start", Reach.NODE, VERIFY);

    public static final Ask<TwilioProtocol.CheckVerification, TwilioProtocol.VerificationChecked> VERIFY_CHECK =
            new Ask<>("twilio.verify.check", Reach.NODE, VERIFY);

    public static final Ask<TwilioProtocol.ReadTranscript, TwilioProtocol.Transcript> TRANSCRIPT =
            new Ask<>("twilio.transcript.read", Reach.NODE, TRANSCRIPTS);

    public static final Ask<TwilioProtocol.FetchRecording, TwilioProtocol.Recording> RECORDING =
            new Ask<>("twilio.recording.fetch", Reach.NODE, FILES);

    private TwilioBus() {}
}
