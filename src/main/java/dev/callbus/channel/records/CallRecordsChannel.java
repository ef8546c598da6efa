package dev.callbus.channel.records;

import dev.callbus.channel.webhook.SignedReport;
import dev.callbus.twilio.SignatureCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

/** The webhooks about transcripts and recordings. */
public final class CallRecordsChannel {
    private final SignatureCheck signatures;
    private final TranscriptWebhook transcripts;
    private final RecordingWebhook recordings;

    /** The webhooks of this account; {@code filings} is shared by all servers of the node. */
    public CallRecordsChannel(Vertx vertx, SignatureCheck signatures, TwilioPlace twilio, Filings filings) {
        var filing = new CallFiling(vertx);
        this.signatures = signatures;
        this.transcripts = new TranscriptWebhook(vertx, twilio.accountSid(), filing, filings);
        this.recordings = new RecordingWebhook(vertx, twilio, filing, filings);
    }

    public void mount(Router router) {
        router.route(HttpMethod.POST, "/voiceIntelligenceWebhook")
                .handler(new SignedReport(signatures, transcripts::answer));
        router.route(HttpMethod.POST, "/callRecordingWebhook")
                .handler(new SignedReport(signatures, recordings::answer));
    }
}
