package dev.callbus.channel.records;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.Secret;
import dev.callbus.config.TwilioSettings;
import dev.callbus.sandbox.twilio.rest.IntelligenceResource;
import dev.callbus.sandbox.twilio.rest.RecordingsResource;
import dev.callbus.sandbox.twilio.rest.RestServer;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.servicenow.ServiceNowProtocol.AddToCall;
import dev.callbus.servicenow.ServiceNowProtocol.Added;
import dev.callbus.twilio.SignatureCheck;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.twilio.TwilioVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Both webhooks between a Twilio that signs and keeps records and a ServiceNow that does what the test says. */
final class RecordsRig implements AutoCloseable {
    static final String ACCOUNT = "AC" + "a".repeat(32);
    static final String TOKEN = "0123456789abcdef-canary-auth";
    static final String CALL = "CA" + "1".repeat(32);
    static final String TRANSCRIPTS = "/voiceIntelligenceWebhook";
    static final String RECORDINGS = "/callRecordingWebhook";

    final Vertx vertx = Vertx.vertx();
    final RecordingsResource recordings = new RecordingsResource(ACCOUNT);
    final IntelligenceResource intelligence = new IntelligenceResource(ACCOUNT);
    final List<AddToCall> filed = new CopyOnWriteArrayList<>();
    final List<Attachment> attachments = new CopyOnWriteArrayList<>();
    final RestServer twilio = new RestServer(vertx, ACCOUNT, TOKEN, List.of(recordings, intelligence), 0);
    volatile Future<Added> serviceNow = Future.succeededFuture(new Added("INC0010001", true));

    private final WebClient client = WebClient.create(vertx);
    private final int port;

    /** A file as ServiceNow found it. */
    record Attachment(String path, String permissions, String hash, long bytes) {}

    RecordsRig() throws Exception {
        this(new Filings());
    }

    RecordsRig(Filings filings) throws Exception {
        ProtocolCodec.install(vertx, List.of(TwilioProtocol.class, ServiceNowProtocol.class));
        var restUrl = URI.create(twilio.start().await(5, SECONDS).baseUrl());
        var settings =
                new TwilioSettings(ACCOUNT, List.of(new Secret(TOKEN)), true, null, null, null, restUrl, null, null);
        vertx.deployVerticle(new TwilioVerticle(settings)).await(5, SECONDS);
        ServiceNowBus.ADD_TO_CALL.serve(vertx, this::add).await(5, SECONDS);
        var router = Router.router(vertx);
        var signatures = new SignatureCheck(URI.create("https://voice.example.com"), settings.authTokens());
        new CallRecordsChannel(vertx, signatures, TwilioPlace.of(settings), filings).mount(router);
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await(5, SECONDS)
                .actualPort();
    }

    /** The answer to a report. */
    record Answer(int status, JsonObject body) {}

    /** What Twilio sends once a recording is there; {@code changes} in pairs, an empty value takes a field away. */
    Map<String, String> recording(String sid, String... changes) {
        var form = new TreeMap<>(Map.of(
                "AccountSid", ACCOUNT,
                "CallSid", CALL,
                "RecordingSid", sid,
                "RecordingUrl", "https://api.twilio.com/2010-04-01/Accounts/" + ACCOUNT + "/Recordings/" + sid,
                "RecordingStatus", "completed",
                "RecordingDuration", "42",
                "RecordingChannels", "2",
                "RecordingSource", "StartCallRecordingAPI",
                "RecordingTrack", "both",
                "RecordingStartTime", "Sat, 21 Nov 2026 11:00:00 +0000"));
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                form.remove(changes[i]);
            } else {
                form.put(changes[i], changes[i + 1]);
            }
        }
        return form;
    }

    /** What Conversational Intelligence sends. */
    static JsonObject available(String transcriptSid) {
        return new JsonObject()
                .put("account_sid", ACCOUNT)
                .put("service_sid", "GA" + "1".repeat(32))
                .put("transcript_sid", transcriptSid)
                .put("customer_key", null)
                .put("event_type", "voice_intelligence_transcript_available");
    }

    Answer form(String path, Map<String, String> form) throws Exception {
        var data = new StringBuilder("https://voice.example.com" + path);
        new TreeMap<>(form).forEach((name, value) -> data.append(name).append(value));
        return form(path, form, sign(data.toString()));
    }

    Answer form(String path, Map<String, String> form, @Nullable String signature) throws Exception {
        var body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(path, "application/x-www-form-urlencoded", body, signature);
    }

    Answer json(String path, JsonObject body) throws Exception {
        var target = path + "?bodySHA256=" + hash(body.encode().getBytes(StandardCharsets.UTF_8));
        return send(target, "application/json", body.encode(), sign("https://voice.example.com" + target));
    }

    Answer send(String target, String type, String body, @Nullable String signature) throws Exception {
        HttpRequest<Buffer> request = client.post(port, "127.0.0.1", target).putHeader("content-type", type);
        if (signature != null) {
            request.putHeader("X-Twilio-Signature", signature);
        }
        HttpResponse<Buffer> response = request.sendBuffer(Buffer.buffer(body)).await(60, SECONDS);
        return new Answer(response.statusCode(), response.bodyAsJsonObject());
    }

    static String sign(String data) throws Exception {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
    }

    static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** The recordings that lie about. */
    static List<Path> leftovers() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("callbus-recording-"))
                    .toList();
        }
    }

    static Duration moment() {
        return Duration.ofMillis(300);
    }

    /** Takes a note; reads its file and deletes it if all went well, as ServiceNow's verticle does. */
    private Future<Added> add(AddToCall addition) {
        filed.add(addition);
        var file = addition.file();
        return serviceNow.compose(added -> file == null
                ? Future.succeededFuture(added)
                : vertx.executeBlocking(() -> {
                    var path = Path.of(file.path());
                    attachments.add(new Attachment(
                            file.path(),
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                            hash(Files.readAllBytes(path)),
                            Files.size(path)));
                    Files.delete(path);
                    return added;
                }));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(10, SECONDS);
    }
}
