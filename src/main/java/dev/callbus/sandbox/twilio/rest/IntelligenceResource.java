package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.rest.TranscribedCall.Sentence;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Twilio's Conversational Intelligence: transcripts and their sentences. Thread-safe.
 *
 * <p>Source: twilio.com/docs/conversational-intelligence/api/transcript-resource, …/transcript-sentence-subresource
 */
public final class IntelligenceResource implements RestResource {
    private static final String ONE = "/v2/Transcripts/:sid";
    private static final String SENTENCES = ONE + "/Sentences";
    private static final String HOST = "https://intelligence.twilio.com";
    private static final int MAX_PAGE = 1000;

    private final String accountSid;
    private final String serviceSid = Sid.create("GA");
    private final Map<String, TranscribedCall> transcripts = new ConcurrentHashMap<>();
    private final RestFaults faults = new RestFaults();

    /** The transcripts of an account. */
    public IntelligenceResource(String accountSid) {
        this.accountSid = accountSid;
    }

    /** Keeps one more. */
    public void add(TranscribedCall transcript) {
        transcripts.put(transcript.sid(), transcript);
    }

    /** Orders troubles for the next requests. */
    public RestFaults faults() {
        return faults;
    }

    @Override
    public void mount(Router router) {
        router.get(ONE).handler(faults::meet).handler(routing -> RestReply.send(routing, 200, json(found(routing))));
        router.get(SENTENCES).handler(faults::meet).handler(this::list);
    }

    private TranscribedCall found(RoutingContext routing) {
        return Optional.ofNullable(transcripts.get(routing.pathParam("sid")))
                .orElseThrow(() -> RestServer.notFound(routing));
    }

    private JsonObject json(TranscribedCall transcript) {
        var created = transcript.created().truncatedTo(ChronoUnit.SECONDS).toString();
        var url = HOST + "/v2/Transcripts/" + transcript.sid();
        return new JsonObject()
                .put("account_sid", accountSid)
                .put("service_sid", serviceSid)
                .put("sid", transcript.sid())
                .put("date_created", created)
                .put("date_updated", created)
                .put("status", "completed")
                .put("channel", channel(transcript))
                .put("data_logging", false)
                .put("language_code", "en-US")
                .put("customer_key", transcript.customerKey().isEmpty() ? null : transcript.customerKey())
                .put("media_start_time", null)
                .put("duration", transcript.seconds())
                .put("url", url)
                .put("redaction", false)
                .put(
                        "links",
                        new JsonObject()
                                .put("sentences", url + "/Sentences")
                                .put("media", url + "/Media")
                                .put("operator_results", url + "/OperatorResults"));
    }

    private static JsonObject channel(TranscribedCall transcript) {
        return new JsonObject()
                .put(
                        "media_properties",
                        new JsonObject()
                                .put("source_sid", transcript.sourceSid())
                                .put("media_url", null))
                .put(
                        "participants",
                        new JsonArray().add(participant(1, "Agent")).add(participant(2, "Customer")));
    }

    private static JsonObject participant(int channel, String role) {
        return new JsonObject()
                .put("channel_participant", channel)
                .put("role", role)
                .put("media_participant_id", "+1555959550" + channel);
    }

    private void list(RoutingContext routing) {
        var transcript = found(routing);
        var all = IntStream.range(0, transcript.sentences().size()).boxed().toList();
        var page = Paging.of(routing.queryParams(), MAX_PAGE)
                .of(all, index -> "%06d".formatted(index), Comparator.naturalOrder());
        var paging = page.paging();
        var path = HOST + routing.request().path();
        var meta = new JsonObject()
                .put("page", paging.page())
                .put("page_size", paging.size())
                .put("first_page_url", path + paging.first())
                .put("previous_page_url", page.previous() == null ? null : path + page.previous())
                .put("url", path + paging.own())
                .put("next_page_url", page.next() == null ? null : path + page.next())
                .put("key", "sentences");
        var entries = new JsonArray(page.entries().stream()
                .map(index -> json(index, transcript.sentences().get(index)))
                .toList());
        RestReply.send(routing, 200, new JsonObject().put("meta", meta).put("sentences", entries));
    }

    private static JsonObject json(int index, Sentence sentence) {
        return new JsonObject()
                .put("media_channel", sentence.channel())
                .put("sentence_index", index)
                .put("start_time", index * 2.5)
                .put("end_time", index * 2.5 + 2)
                .put("transcript", sentence.text())
                .put("sid", Sid.create("GX"))
                .put("confidence", 0.93)
                .put("words", new JsonArray());
    }
}
