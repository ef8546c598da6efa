package dev.callbus;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Twilio's side of one call, frame by frame. */
final class TestCall {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Pattern RELAY_URL = Pattern.compile("url=\"(wss://[^\"]+)\"");

    final String callSid;
    final WebSocket socket;
    private final BlockingQueue<JsonObject> frames;

    private TestCall(String callSid, WebSocket socket, BlockingQueue<JsonObject> frames) {
        this.callSid = callSid;
        this.socket = socket;
        this.frames = frames;
    }

    static String newCallSid() {
        return "CA%032x".formatted(NUMBERS.incrementAndGet());
    }

    static TestCall dial(Vertx vertx, int port) throws Exception {
        var callSid = newCallSid();
        var call = connect(vertx, port, callSid, relayUrl(vertx, port, callSid));
        call.send(new JsonObject()
                .put("type", "setup")
                .put("sessionId", "VX" + callSid.substring(2))
                .put("callSid", callSid)
                .put("from", "+15550001111")
                .put("to", "+15550002222")
                .put("direction", "inbound")
                .put("callStatus", "RINGING")
                .put("customParameters", new JsonObject()));
        return call;
    }

    /** Posts the voice webhook and returns the relay's URL. */
    static String relayUrl(Vertx vertx, int port, String callSid) throws Exception {
        var twiml = post(
                vertx,
                port,
                "/connectConversationRelay",
                Map.of("CallSid", callSid, "CallStatus", "ringing", "Direction", "inbound"));
        var matcher = RELAY_URL.matcher(twiml);
        assertThat(matcher.find()).as(twiml).isTrue();
        return matcher.group(1);
    }

    static TestCall connect(Vertx vertx, int port, String callSid, String url) throws Exception {
        var frames = new LinkedBlockingQueue<JsonObject>();
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(url.substring(
                        TestNode.PUBLIC_URL.toString().replace("https", "wss").length()))
                .addHeader("X-Twilio-Signature", sign(url));
        var client = vertx.createWebSocketClient();
        var opening = client.webSocket();
        opening.textMessageHandler(text -> frames.add(new JsonObject(text)));
        var socket = opening.connect(options).await(10, SECONDS);
        return new TestCall(callSid, socket, frames);
    }

    static String post(Vertx vertx, int port, String path, Map<String, String> form) throws Exception {
        var signed = new StringBuilder(TestNode.PUBLIC_URL + path);
        var body = new ArrayList<String>();
        new TreeMap<>(form).forEach((name, value) -> {
            signed.append(name).append(value);
            body.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        var client = vertx.createHttpClient();
        try {
            return client.request(new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setHost("127.0.0.1")
                            .setPort(port)
                            .setURI(path)
                            .putHeader("Content-Type", "application/x-www-form-urlencoded")
                            .putHeader("X-Twilio-Signature", sign(signed.toString())))
                    .compose(request -> {
                        var answer = request.response().compose(response -> response.body());
                        return request.end(Buffer.buffer(String.join("&", body)))
                                .compose(sent -> answer);
                    })
                    .await(10, SECONDS)
                    .toString();
        } finally {
            client.close();
        }
    }

    static String sign(String data) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TestNode.AUTH_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
    }

    TestCall send(JsonObject frame) {
        socket.writeTextMessage(frame.encode());
        return this;
    }

    TestCall prompt(String words) {
        return prompt(words, true);
    }

    TestCall prompt(String words, boolean last) {
        return send(new JsonObject()
                .put("type", "prompt")
                .put("voicePrompt", words)
                .put("lang", "en-US")
                .put("last", last));
    }

    TestCall interrupt(String heard) {
        return send(new JsonObject()
                .put("type", "interrupt")
                .put("utteranceUntilInterrupt", heard)
                .put("durationUntilInterruptMs", 500));
    }

    /** The next frame from the server. */
    JsonObject next() throws InterruptedException {
        var frame = frames.poll(15, SECONDS);
        assertThat(frame).as("a frame").isNotNull();
        return frame == null ? new JsonObject() : frame;
    }

    /** The tokens up to and with the one that is the last of its talk cycle. */
    List<String> answer() throws InterruptedException {
        var tokens = new ArrayList<String>();
        while (true) {
            var frame = next();
            assertThat(frame.getString("type")).as(frame.encode()).isEqualTo("text");
            tokens.add(frame.getString("token"));
            if (frame.getBoolean("last")) {
                return tokens;
            }
        }
    }

    String words() throws InterruptedException {
        return String.join("", answer());
    }

    /** Asserts that the server sends nothing for so long. */
    void assertQuiet(long millis) throws InterruptedException {
        assertThat(frames.poll(millis, MILLISECONDS)).isNull();
    }

    void hangUp() throws Exception {
        socket.close((short) 1000, "Closing websocket session").await(10, SECONDS);
    }
}
