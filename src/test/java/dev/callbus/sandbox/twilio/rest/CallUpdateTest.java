package dev.callbus.sandbox.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.Tunnel;
import dev.callbus.sandbox.twilio.TwilioSigner;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a caller in a relay session whose call is changed over the sandbox's REST API, and how the API shows him. */
class CallUpdateTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String LIST = "/2010-04-01/Accounts/" + ACCOUNT + "/Calls.json";
    private static final String NUMBER = "+15005550006";
    private static final String CALLER = "+442079460100";
    private static final String APP = "https://callbus.example";
    private static final String NEXT = APP + "/next?tenant=a";
    private static final String WAIT = "<Response><Pause length=\"600\"/></Response>";
    private static final String HANGUP = "<Response><Hangup/></Response>";
    private static final Map<String, String> DOCUMENTS = Map.of(
            "/connectConversationRelay",
            "<Response><Connect action=\"/action\"><ConversationRelay url=\"wss://callbus.example/relay\"/></Connect>"
                    + "</Response>",
            "/last",
            HANGUP);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Webhook> webhooks = new LinkedBlockingQueue<>();
    private final Promise<Short> relayClosed = Promise.promise();
    private PhoneNetwork network;
    private CallsResource calls;
    private RestServer server;
    private TwilioClient client;

    @BeforeEach
    void start() {
        var document = TwilioOpenApi.load("twilio_api_v2010");
        var app = TwilioClient.await(vertx.createHttpServer()
                .requestHandler(this::answer)
                .webSocketHandler(this::relay)
                .listen(0, "127.0.0.1"));
        var tunnel = new Tunnel(URI.create(APP), "127.0.0.1", app.actualPort());
        network = new PhoneNetwork(
                vertx, PhoneNetworkOptions.lifelike(ACCOUNT, TOKEN, tunnel).faster(20));
        calls = new CallsResource(ACCOUNT, network, Set.of(NUMBER), 100);
        server = TwilioClient.await(new RestServer(vertx, ACCOUNT, TOKEN, List.of(calls), 0).start());
        client = new TwilioClient(vertx, document, server.baseUrl(), ACCOUNT, TOKEN);
    }

    @AfterEach
    void stop() {
        TwilioClient.await(network.close().eventually(server::close).eventually(vertx::close));
    }

    @Test
    void showsACallerAndThatHeHungUp() throws InterruptedException {
        var call = dial();
        var up = client.get(path(call));
        assertThat(up.body().getMap())
                .containsEntry("sid", call.callSid())
                .containsEntry("account_sid", ACCOUNT)
                .containsEntry("api_version", "2010-04-01")
                .containsEntry("direction", "inbound")
                .containsEntry("status", "in-progress")
                .containsEntry("from", CALLER)
                .containsEntry("from_formatted", CALLER)
                .containsEntry("to", NUMBER)
                .containsEntry("to_formatted", "(500) 555-0006")
                .containsEntry("queue_time", "0")
                .containsEntry("price", null)
                .containsEntry("price_unit", "USD")
                .containsEntry("answered_by", null)
                .containsEntry("parent_call_sid", null)
                .containsEntry("duration", null)
                .containsEntry("end_time", null)
                .containsEntry("start_time", up.text("date_created"))
                .containsEntry("uri", path(call));
        assertThat(up.body().getJsonObject("subresource_uris").getMap())
                .containsEntry("recordings", path(call).replace(".json", "/Recordings.json"))
                .containsEntry("user_defined_messages", path(call).replace(".json", "/UserDefinedMessages.json"));
        call.hangUp();
        TwilioClient.await(call.ended());
        var over = client.get(path(call));
        assertThat(over.text("status")).isEqualTo("completed");
        assertThat(over.text("duration")).isEqualTo("0");
        assertThat(over.text("end_time")).isNotNull();
        var listed = client.get(LIST + "?Status=completed&From=%2B442079460100").body();
        assertThat(listed.getJsonArray("calls")).containsExactly(over.body());
    }

    @Test
    void takesACallerOutOfHisSessionToAnotherDocument() throws InterruptedException {
        var call = dial();
        assertThat(client.post(path(call), "Url", NEXT).text("status")).isEqualTo("in-progress");
        assertThat(TwilioClient.await(relayClosed.future())).isEqualTo((short) 1000);
        var next = webhook();
        assertThat(next.method()).isEqualTo("POST");
        assertThat(next.path()).isEqualTo("/next");
        assertThat(next.form())
                .containsEntry("CallSid", call.callSid())
                .containsEntry("CallStatus", "in-progress")
                .containsEntry("Direction", "inbound")
                .containsEntry("From", CALLER)
                .containsEntry("To", NUMBER)
                .doesNotContainKeys("SessionStatus", "SessionId", "HandoffData");
        assertThat(next.signature()).isEqualTo(new TwilioSigner(TOKEN).sign(NEXT, next.form()));
        endsWithNothingElseAsked(call);
    }

    @Test
    void takesACallerOutOfHisSessionToADocumentInTheRequest() throws InterruptedException {
        var call = dial();
        assertThat(client.post(path(call), "Twiml", "<Response><Redirect>/last</Redirect></Response>")
                        .status())
                .isEqualTo(200);
        assertThat(TwilioClient.await(relayClosed.future())).isEqualTo((short) 1000);
        assertThat(webhook().path()).isEqualTo("/last");
        assertThat(TwilioClient.await(call.ended()).status()).isEqualTo("completed");
        assertThat(webhooks).isEmpty();
    }

    @Test
    void tellsTheSessionsActionOfACallThatIsEnded() throws InterruptedException {
        var call = dial();
        assertThat(client.post(path(call), "Status", "completed").text("status"))
                .isEqualTo("completed");
        var action = webhook();
        assertThat(action.path()).isEqualTo("/action");
        assertThat(action.form()).containsEntry("CallStatus", "completed").containsEntry("SessionStatus", "completed");
        assertThat(action.signature()).isEqualTo(new TwilioSigner(TOKEN).sign(APP + "/action", action.form()));
    }

    @Test
    void endsWhereTheNewDocumentIsNone() throws InterruptedException {
        var call = dial();
        assertThat(client.post(path(call), "Twiml", "<Nonsense/>").status()).isEqualTo(200);
        TwilioClient.await(call.ended());
        client.post(path(call), "Twiml", HANGUP).isRefusal(400, 21220);
        assertThat(webhooks).isEmpty();
    }

    @Test
    void changesNothingWithoutTheAccountsToken() throws InterruptedException {
        var call = dial();
        var stranger = new TwilioClient(
                vertx, TwilioOpenApi.load("twilio_api_v2010"), server.baseUrl(), ACCOUNT, "another token");
        stranger.get(LIST).isRefusal(401, 20003);
        stranger.get(path(call)).isRefusal(401, 20003);
        stranger.post(path(call), "Status", "completed").isRefusal(401, 20003);
        stranger.post(LIST, "To", CALLER, "From", NUMBER, "Twiml", HANGUP).isRefusal(401, 20003);
        var other = "AC00000000000000000000000000000002";
        client.post(path(call).replace(ACCOUNT, other), "Status", "completed").isRefusal(401, 20003);
        client.post(LIST.replace(ACCOUNT, other), "To", CALLER, "From", NUMBER, "Twiml", HANGUP)
                .isRefusal(401, 20003);
        assertThat(client.get(path(call)).text("status")).isEqualTo("in-progress");
        assertThat(network.records()).hasSize(1);
    }

    @Test
    void hasRedirectedTheCallOnceWhenTheAnswerIsLost() throws InterruptedException {
        var call = dial();
        calls.faults().loseAnswersOfNext(1);
        assertThatThrownBy(() -> client.post(path(call), "Url", NEXT)).isInstanceOf(HttpClosedException.class);
        assertThat(webhook().path()).isEqualTo("/next");
        endsWithNothingElseAsked(call);
    }

    @Test
    void leavesTheCallAloneWhenTheRequestFails() throws InterruptedException {
        var call = dial();
        calls.faults().failNext(1, 500);
        client.post(path(call), "Url", NEXT).isRefusal(500, 20500);
        calls.faults().hangUpBeforeNext(1);
        assertThatThrownBy(() -> client.post(path(call), "Url", NEXT)).isInstanceOf(HttpClosedException.class);
        assertThat(client.get(path(call)).text("status")).isEqualTo("in-progress");
        assertThat(relayClosed.future().isComplete()).isFalse();
        assertThat(webhooks).isEmpty();
    }

    @Test
    void followsTheSecondOfTwoRedirections() throws InterruptedException {
        var call = dial();
        var paths = new ArrayList<String>();
        client.post(path(call), "Url", NEXT);
        client.post(path(call), "Url", APP + "/last");
        assertThat(TwilioClient.await(call.ended()).status()).isEqualTo("completed");
        webhooks.forEach(webhook -> paths.add(webhook.path()));
        assertThat(paths).last().isEqualTo("/last");
        assertThat(paths).doesNotContain("/action").doesNotHaveDuplicates();
    }

    /** A caller whose session is up. */
    private PhoneCall dial() throws InterruptedException {
        var call = TwilioClient.await(network.dial(CALLER, NUMBER));
        assertThat(webhook().path()).isEqualTo("/connectConversationRelay");
        return call;
    }

    private void endsWithNothingElseAsked(PhoneCall call) {
        call.hangUp();
        assertThat(TwilioClient.await(call.ended()).status()).isEqualTo("completed");
        assertThat(webhooks).isEmpty();
    }

    private void answer(HttpServerRequest request) {
        request.setExpectMultipart(true);
        request.end().onSuccess(read -> {
            var form = new TreeMap<String, String>();
            request.formAttributes().forEach(form::put);
            var signature = String.valueOf(request.getHeader("X-Twilio-Signature"));
            webhooks.add(new Webhook(request.method().name(), request.path(), form, signature));
            request.response().putHeader("Content-Type", "text/xml").end(DOCUMENTS.getOrDefault(request.path(), WAIT));
        });
    }

    private void relay(ServerWebSocket socket) {
        socket.closeHandler(closed -> relayClosed.tryComplete(socket.closeStatusCode()));
    }

    private Webhook webhook() throws InterruptedException {
        var webhook = webhooks.poll(5, TimeUnit.SECONDS);
        if (webhook == null) {
            throw new AssertionError("no webhook came");
        }
        return webhook;
    }

    private static String path(PhoneCall call) {
        return LIST.replace(".json", "/" + call.callSid() + ".json");
    }

    private record Webhook(String method, String path, Map<String, String> form, String signature) {}
}
