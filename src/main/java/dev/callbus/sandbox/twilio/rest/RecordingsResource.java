package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Twilio's Recordings: what is known of each, and its sound as MP3. Thread-safe.
 *
 * <p>Source: twilio.com/docs/voice/api/recording
 */
public final class RecordingsResource implements RestResource {
    private static final String ONE = "/2010-04-01/Accounts/:account/Recordings/:file";
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String accountSid;
    private final Map<String, RecordedCall> recordings = new ConcurrentHashMap<>();
    private final RestFaults faults = new RestFaults();
    private final RestFaults soundFaults = new RestFaults();

    /** The recordings of an account. */
    public RecordingsResource(String accountSid) {
        this.accountSid = accountSid;
    }

    /** Keeps one more. */
    public void add(RecordedCall recording) {
        recordings.put(recording.sid(), recording);
    }

    /** Orders troubles for the next requests for what is known of a recording. */
    public RestFaults faults() {
        return faults;
    }

    /** Orders troubles for the next requests for a sound. */
    public RestFaults soundFaults() {
        return soundFaults;
    }

    @Override
    public void mount(Router router) {
        router.get(ONE).handler(routing -> {
            if (!routing.pathParam("account").equals(accountSid)) {
                throw new RestError(401, 20003, "Authenticate");
            }
            (routing.pathParam("file").endsWith(".json") ? faults : soundFaults).meet(routing);
        });
        router.get(ONE).handler(this::answer);
    }

    private void answer(RoutingContext routing) {
        var file = routing.pathParam("file");
        var recording = Optional.ofNullable(recordings.get(file.replaceFirst("\\.(json|mp3)$", "")))
                .orElseThrow(() -> RestServer.notFound(routing));
        if (file.endsWith(".json")) {
            RestReply.send(routing, 200, json(recording));
        } else if (recording.elsewhere() != null) {
            routing.response()
                    .setStatusCode(307)
                    .putHeader("location", recording.elsewhere())
                    .end();
        } else if (recording.sound() == null) {
            throw RestServer.notFound(routing);
        } else {
            recording.sound().sendTo(routing.response());
        }
    }

    private JsonObject json(RecordedCall recording) {
        var path = "/2010-04-01/Accounts/" + accountSid + "/Recordings/" + recording.sid();
        var created = RFC_2822.format(recording.created());
        var url = "https://api.twilio.com" + path;
        return new JsonObject()
                .put("account_sid", accountSid)
                .put("api_version", "2010-04-01")
                .put("call_sid", recording.callSid())
                .put("conference_sid", null)
                .put("date_created", created)
                .put("date_updated", created)
                .put("start_time", created)
                .put("duration", String.valueOf(recording.seconds()))
                .put("sid", recording.sid())
                .put("price", null)
                .put("price_unit", "USD")
                .put("status", recording.status())
                .put("channels", 2)
                .put("source", "StartCallRecordingAPI")
                .put("error_code", null)
                .put("uri", path + ".json")
                .put("encryption_details", null)
                .put(
                        "subresource_uris",
                        new JsonObject()
                                .put("add_on_results", path + "/AddOnResults.json")
                                .put("transcriptions", path + "/Transcriptions.json"))
                .put("media_url", recording.elsewhere() == null ? url : recording.elsewhere());
    }
}
