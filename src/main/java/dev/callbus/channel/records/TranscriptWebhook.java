package dev.callbus.channel.records;

import dev.callbus.bus.Failure;
import dev.callbus.channel.webhook.Refusal;
import dev.callbus.channel.webhook.Report;
import dev.callbus.channel.webhook.ReportAnswer;
import dev.callbus.servicenow.ServiceNowProtocol.AddToCall;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the news that a transcript is there: from Conversational Intelligence, which names it and says no more, or with the call and
 * the text in it, as servers before this one had it.
 *
 * <p>Source: twilio.com/docs/conversational-intelligence/api/service-resource (webhooks)
 */
final class TranscriptWebhook {
    private static final Logger log = LoggerFactory.getLogger(TranscriptWebhook.class);
    private static final String AVAILABLE = "voice_intelligence_transcript_available";
    private static final String BROKEN = "Internal server error processing transcript webhook";

    private final Vertx vertx;
    private final String accountSid;
    private final CallFiling filing;
    private final Filings filings;

    TranscriptWebhook(Vertx vertx, String accountSid, CallFiling filing, Filings filings) {
        this.vertx = vertx;
        this.accountSid = accountSid;
        this.filing = filing;
        this.filings = filings;
    }

    Future<ReportAnswer> answer(Report report) {
        return report.field("transcript_sid").isEmpty() ? toldText(report) : toldSid(report);
    }

    private Future<ReportAnswer> toldSid(Report report) {
        var transcriptSid = report.field("transcript_sid");
        if (!report.field("account_sid").equals(accountSid)) {
            throw new Refusal(403, "of another account");
        }
        if (!Plain.isSid("GT", transcriptSid)) {
            return Future.succeededFuture(ReportAnswer.failure(400, "transcript_sid is malformed"));
        }
        if (!report.field("event_type").equals(AVAILABLE)) {
            return Future.succeededFuture(ReportAnswer.success(
                            200, "Event " + Plain.word(report.field("event_type"), "unknown") + " is not needed")
                    .with("transcriptSid", transcriptSid));
        }
        var meanwhile = ReportAnswer.success(202, "Transcript received, it is being filed")
                .with("transcriptSid", transcriptSid)
                .with("action", "filing");
        return filings.once(vertx, "transcript " + transcriptSid, meanwhile, () -> fetch(transcriptSid));
    }

    private Future<ReportAnswer> fetch(String transcriptSid) {
        return TwilioBus.TRANSCRIPT
                .send(vertx, new TwilioProtocol.ReadTranscript(transcriptSid))
                .compose(this::file)
                .otherwise(cause -> {
                    log.error("transcript not read [transcript: {}, failure: {}]", transcriptSid, Failure.of(cause));
                    return ReportAnswer.failure(500, BROKEN);
                });
    }

    private Future<ReportAnswer> file(TwilioProtocol.Transcript transcript) {
        var callSid = transcript.callSid();
        if (callSid == null) {
            return Future.succeededFuture(noTicket("").with("transcriptSid", transcript.transcriptSid()));
        }
        var lines = transcript.lines().stream()
                .map(line -> new TranscriptNote.Line(line.speaker(), line.text().reveal()))
                .toList();
        var note = new TranscriptNote(
                callSid,
                transcript.transcriptSid(),
                transcript.durationSeconds(),
                "",
                "",
                Plain.word(transcript.language(), ""),
                lines);
        return file(callSid, "transcript-" + transcript.transcriptSid(), note);
    }

    private Future<ReportAnswer> toldText(Report report) {
        var callSid = report.field("CallSid");
        var text = report.fields().getOrDefault("TranscriptText", report.field("Transcript"));
        if (callSid.isEmpty() || text.isEmpty()) {
            return Future.succeededFuture(
                    ReportAnswer.failure(400, "Missing required fields: CallSid or TranscriptText"));
        }
        if (!Plain.isSid("CA", callSid)) {
            return Future.succeededFuture(ReportAnswer.failure(400, "CallSid is malformed"));
        }
        if (!report.fields().getOrDefault("AccountSid", accountSid).equals(accountSid)) {
            throw new Refusal(403, "of another account");
        }
        var named = Plain.isSid("GT", report.field("TranscriptSid")) ? report.field("TranscriptSid") : "";
        var note = new TranscriptNote(
                callSid,
                named,
                Plain.seconds(report.field("CallDuration")),
                Plain.time(report.field("CallStartTime")),
                Plain.time(report.field("CallEndTime")),
                Plain.word(report.field("LanguageCode"), ""),
                text.lines().map(line -> new TranscriptNote.Line("", line)).toList());
        var key = "transcript-"
                + (named.isEmpty() ? UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)) : named);
        var meanwhile = ReportAnswer.success(202, "Transcript received, it is being filed")
                .with("callSid", callSid)
                .with("action", "filing");
        return filings.once(vertx, callSid + " " + key, meanwhile, () -> file(callSid, key, note));
    }

    private Future<ReportAnswer> file(String callSid, String key, TranscriptNote note) {
        return filing.add(new AddToCall(callSid, key, note.text(), null)).map(outcome -> switch (outcome) {
            case CallFiling.Added(var ticket, var attached) ->
                ReportAnswer.success(
                                200,
                                ticket == null
                                        ? "Transcript added to the call's interaction record"
                                        : "Transcript added to ticket " + ticket)
                        .with("ticketNumber", ticket)
                        .with("callSid", callSid);
            case CallFiling.NoTicket() -> noTicket(callSid);
            case CallFiling.Refused(var why) ->
                ReportAnswer.failure(500, "Failed to update ticket: " + why)
                        .with("ticketNumber", null)
                        .with("callSid", callSid);
            case CallFiling.Failed() ->
                ReportAnswer.failure(500, "Failed to update ServiceNow ticket").with("callSid", callSid);
        });
    }

    private static ReportAnswer noTicket(String callSid) {
        log.info("transcript of a call without a ticket [call: {}]", callSid);
        return ReportAnswer.success(200, "Transcript received but no associated ticket found")
                .with("callSid", callSid.isEmpty() ? null : callSid)
                .with("action", "logged_only");
    }
}
