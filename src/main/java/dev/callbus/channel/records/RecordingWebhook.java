package dev.callbus.channel.records;

import dev.callbus.bus.Failure;
import dev.callbus.channel.webhook.Refusal;
import dev.callbus.channel.webhook.Report;
import dev.callbus.channel.webhook.ReportAnswer;
import dev.callbus.servicenow.ServiceNowProtocol.AddToCall;
import dev.callbus.servicenow.ServiceNowProtocol.CallFile;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the news that a recording is there, has Twilio control fetch it by its SID and files it. The URL in the report is
 * checked and shown, never asked.
 *
 * <p>Source: twilio.com/docs/voice/api/recording#recordingstatuscallback
 */
final class RecordingWebhook {
    private static final Logger log = LoggerFactory.getLogger(RecordingWebhook.class);
    private static final String MISSING = "Missing required fields: CallSid, RecordingSid, or RecordingUrl";

    private final Vertx vertx;
    private final TwilioPlace twilio;
    private final CallFiling filing;
    private final Filings filings;

    RecordingWebhook(Vertx vertx, TwilioPlace twilio, CallFiling filing, Filings filings) {
        this.vertx = vertx;
        this.twilio = twilio;
        this.filing = filing;
        this.filings = filings;
    }

    Future<ReportAnswer> answer(Report report) {
        var told = new Told(
                report.field("CallSid"),
                report.field("RecordingSid"),
                report.field("RecordingUrl"),
                Plain.seconds(report.field("RecordingDuration")),
                Plain.time(report.field("RecordingStartTime")));
        var fault = fault(told);
        if (fault != null) {
            return Future.succeededFuture(ReportAnswer.failure(400, fault));
        }
        if (!report.fields().getOrDefault("AccountSid", twilio.accountSid()).equals(twilio.accountSid())) {
            throw new Refusal(403, "of another account");
        }
        var status = report.field("RecordingStatus");
        if (!status.equals("completed")) {
            var word = Plain.word(status, "unknown");
            return Future.succeededFuture(
                    ReportAnswer.success(200, "Recording status is " + word + ", will process when completed")
                            .with("recordingSid", told.recordingSid)
                            .with("callSid", told.callSid));
        }
        var meanwhile = told.add(ReportAnswer.success(202, "Recording received, it is being filed"))
                .with("action", "filing");
        return filings.once(vertx, told.callSid + " " + told.key(), meanwhile, () -> fetch(told));
    }

    private @Nullable String fault(Told told) {
        if (told.callSid.isEmpty() || told.recordingSid.isEmpty() || told.url.isEmpty()) {
            return MISSING;
        }
        if (!Plain.isSid("CA", told.callSid) || !Plain.isSid("RE", told.recordingSid)) {
            return "CallSid or RecordingSid is malformed";
        }
        return twilio.isOf(told.recordingSid, told.url) ? null : "RecordingUrl is not the recording's URL at Twilio";
    }

    private Future<ReportAnswer> fetch(Told told) {
        return TwilioBus.RECORDING
                .send(vertx, new TwilioProtocol.FetchRecording(told.recordingSid))
                .compose(
                        recording -> file(told, recording),
                        cause -> Failure.of(cause) == Failure.NOT_FOUND
                                ? file(told, told.note(told.seconds, "not attached: Twilio does not have it"), null)
                                : Future.failedFuture(cause))
                .otherwise(cause -> {
                    log.error(
                            "recording not fetched [recording: {}, failure: {}]", told.recordingSid, Failure.of(cause));
                    return ReportAnswer.failure(500, "Internal server error processing recording webhook");
                });
    }

    private Future<ReportAnswer> file(Told told, TwilioProtocol.Recording recording) {
        boolean otherCall = recording.callSid() != null && !told.callSid.equals(recording.callSid());
        return switch (recording) {
            case TwilioProtocol.RecordingFile file
            when otherCall ->
                vertx.fileSystem().delete(file.path()).otherwiseEmpty().map(deleted -> ofAnotherCall());
            case TwilioProtocol.RecordingFile(var call, var seconds, var path, var bytes) -> {
                int length = seconds == 0 ? told.seconds : seconds;
                var name = "call_recording_" + told.recordingSid + "_" + length + "s.mp3";
                yield file(told, told.note(length, name), new CallFile(path, name, "audio/mpeg"));
            }
            case TwilioProtocol.RecordingWithoutFile none when otherCall -> Future.succeededFuture(ofAnotherCall());
            case TwilioProtocol.RecordingWithoutFile(var call, var seconds, var reason) ->
                file(told, told.note(seconds == 0 ? told.seconds : seconds, "not attached: " + words(reason)), null);
        };
    }

    private static ReportAnswer ofAnotherCall() {
        return ReportAnswer.failure(400, "RecordingSid is not of this call");
    }

    private static String words(TwilioProtocol.Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> "it is too large";
            case STORED_ELSEWHERE -> "Twilio does not store it";
        };
    }

    private Future<ReportAnswer> file(Told told, RecordingNote note, @Nullable CallFile file) {
        return filing.add(new AddToCall(told.callSid, told.key(), note.text(), file))
                .map(outcome -> switch (outcome) {
                    case CallFiling.Added(var ticket, var attached) -> {
                        var where = ticket == null ? "the call's interaction record" : "ticket " + ticket;
                        var message = "Recording information added to " + where;
                        yield told.add(ReportAnswer.success(200, message).with("ticketNumber", ticket))
                                .with("recordingUrl", told.mp3())
                                .with("attached", attached);
                    }
                    case CallFiling.NoTicket() ->
                        told.add(ReportAnswer.success(200, "Recording received but no associated ticket found"))
                                .with("action", "logged_only");
                    case CallFiling.Refused(var why) ->
                        told.add(ReportAnswer.failure(500, "Failed to update ticket: " + why)
                                .with("ticketNumber", null));
                    case CallFiling.Failed() ->
                        told.add(ReportAnswer.failure(500, "Failed to update ServiceNow ticket with recording"));
                });
    }

    /** What the report says. */
    private record Told(String callSid, String recordingSid, String url, int seconds, String start) {

        /** The same however often it is told. */
        String key() {
            return "recording-" + recordingSid;
        }

        String mp3() {
            return TwilioPlace.mp3(url);
        }

        RecordingNote note(int length, String file) {
            return new RecordingNote(callSid, recordingSid, length, start, mp3(), file);
        }

        ReportAnswer add(ReportAnswer answer) {
            return answer.with("callSid", callSid).with("recordingSid", recordingSid);
        }
    }
}
