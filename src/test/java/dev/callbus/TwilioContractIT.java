package dev.callbus;

import static dev.callbus.RecordingProxy.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.RecordingProxy.Exchange;
import dev.callbus.bus.Ask;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.Secret;
import dev.callbus.config.TwilioSettings;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.Tunnel;
import dev.callbus.sandbox.twilio.rest.CallsResource;
import dev.callbus.sandbox.twilio.rest.MessagesOptions;
import dev.callbus.sandbox.twilio.rest.MessagesResource;
import dev.callbus.sandbox.twilio.rest.RestServer;
import dev.callbus.sandbox.twilio.rest.SyncOptions;
import dev.callbus.sandbox.twilio.rest.SyncResource;
import dev.callbus.sandbox.twilio.rest.SyncStore;
import dev.callbus.sandbox.twilio.rest.TwilioOpenApi;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.twilio.TwilioVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our Twilio client and the sandbox's REST server, held to each other and to Twilio's OpenAPI documents. */
class TwilioContractIT {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String TO = "+15550001111";
    private static final String FROM = "+15550002222";
    private static final String PAUSE = "<Response><Pause length=\"60\"/></Response>";

    private final TwilioOpenApi voice = TwilioOpenApi.load("twilio_api_v2010");
    private final TwilioOpenApi sync = TwilioOpenApi.load("twilio_sync_v1");
    private final Vertx outside = Vertx.vertx();
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> webhooks = new LinkedBlockingQueue<>();
    private RecordingProxy proxy;
    private CallsResource calls;

    @BeforeEach
    void start() throws Exception {
        var webhook =
                await(outside.createHttpServer().requestHandler(this::webhook).listen(0, "127.0.0.1"));
        var options = PhoneNetworkOptions.lifelike(
                        ACCOUNT, TOKEN, new Tunnel(TestNode.PUBLIC_URL, "127.0.0.1", webhook.actualPort()))
                .faster(20);
        calls = new CallsResource(ACCOUNT, new PhoneNetwork(outside, options), Set.of(FROM), 1000);
        var messages = new MessagesResource(outside, options, MessagesOptions.lifelike(Set.of(FROM)), message -> {});
        var syncs = new SyncResource(
                new SyncStore(), SyncOptions.lifelike(ACCOUNT).withRates(1000, 1000, Duration.ofSeconds(10)));
        var server = await(new RestServer(outside, ACCOUNT, TOKEN, List.of(calls, messages, syncs), 0).start());
        proxy = new RecordingProxy(outside, server::baseUrl);
        await(proxy.open());
        ProtocolCodec.install(vertx, List.of(TwilioProtocol.class));
        var settings = new TwilioSettings(
                ACCOUNT, List.of(new Secret(TOKEN)), true, FROM, null, null, proxy.url(), null, null);
        await(vertx.deployVerticle(new TwilioVerticle(settings)));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        await(outside.close());
    }

    @Test
    void callsArePlacedRedirectedAndEndedAsDocumented() throws Exception {
        var placed = ask(TwilioBus.PLACE, call("/answer"));
        assertThat(placed.callSid()).startsWith("CA");
        awaitWebhook("/answer");
        ask(TwilioBus.REDIRECT, new TwilioProtocol.RedirectCall(placed.callSid(), url("/elsewhere")));
        awaitWebhook("/elsewhere");
        ask(TwilioBus.END, new TwilioProtocol.EndCall(placed.callSid()));
        ask(TwilioBus.END, new TwilioProtocol.EndCall(placed.callSid()));
        refused(
                TwilioBus.REDIRECT,
                new TwilioProtocol.RedirectCall(placed.callSid(), url("/late")),
                Failure.BAD_REQUEST);
        refused(TwilioBus.END, new TwilioProtocol.EndCall("CA" + "0".repeat(32)), Failure.NOT_FOUND);
        assertAsDocumented(
                "POST Calls.json 201",
                "POST Calls/{Sid}.json 200",
                "POST Calls/{Sid}.json 400",
                "POST Calls/{Sid}.json 404",
                "GET Calls/{Sid}.json 200");
    }

    @Test
    void aCallWhoseAnswerIsLostIsFoundAsDocumentedAndPlacedOnce() throws Exception {
        calls.faults().loseAnswersOfNext(1);
        var placed = ask(TwilioBus.PLACE, call("/answer"));
        awaitWebhook("/answer");
        ask(TwilioBus.END, new TwilioProtocol.EndCall(placed.callSid()));
        assertAsDocumented("GET Calls.json 200", "POST Calls/{Sid}.json 200");
    }

    @Test
    void aCallFromAStrangeNumberIsRefusedAsDocumented() {
        var stranger = new TwilioProtocol.PlaceCall(
                TO, "+15559999999", url("/answer"), url("/status"), true, Duration.ofSeconds(30));
        refused(TwilioBus.PLACE, stranger, Failure.BAD_REQUEST);
        assertAsDocumented("POST Calls.json 400");
    }

    @Test
    void messagesAreSentAsDocumented() throws Exception {
        assertThat(ask(TwilioBus.MESSAGE, new TwilioProtocol.SendMessage(TO, FROM, "Grüße, 100 % + \"more\" 😀"))
                        .messageSid())
                .startsWith("SM");
        refused(TwilioBus.MESSAGE, new TwilioProtocol.SendMessage("12", FROM, "Hello"), Failure.BAD_REQUEST);
        assertAsDocumented("POST Messages.json 201", "POST Messages.json 400");
    }

    @Test
    void mapsAreReadAndWrittenAsDocumentedOverSeveralPages() throws Exception {
        var service = service();
        var writes = IntStream.range(0, 230)
                .mapToObj(i ->
                        TwilioBus.SYNC_WRITE_ITEM.send(vertx, item(service, "key-" + i, "{\"n\":" + i + "}", null)))
                .toList();
        await(Future.all(writes));
        var items = ask(TwilioBus.SYNC_READ_MAP, new TwilioProtocol.ReadSyncMap(service, "Context"))
                .items();
        assertThat(items).extracting(TwilioProtocol.SyncItem::key).doesNotHaveDuplicates();
        assertThat(items.stream()
                        .collect(Collectors.toMap(TwilioProtocol.SyncItem::key, TwilioProtocol.SyncItem::data)))
                .isEqualTo(IntStream.range(0, 230)
                        .boxed()
                        .collect(Collectors.toMap(i -> "key-" + i, i -> "{\"n\":" + i + "}")));
        assertThat(proxy.exchanges().stream()
                        .filter(one -> one.method().equals("GET")
                                && one.uri().getPath().endsWith("/Items")))
                .hasSize(3);
        assertAsDocumented(
                "GET Services 200",
                "POST Services 201",
                "GET Services/{Sid}/Maps/{Key} 404",
                "POST Services/{Sid}/Maps 201",
                "GET Services/{Sid}/Documents/{Key} 404",
                "POST Services/{Sid}/Documents 201",
                "POST Services/{Sid}/Maps/{Key}/Items 201",
                "GET Services/{Sid}/Maps/{Key}/Items 200");
    }

    @Test
    void conflictsOverItemsAreAsDocumented() throws Exception {
        var service = service();
        var first = ask(TwilioBus.SYNC_WRITE_ITEM, item(service, "key", "{\"n\":1}", null));
        var second = ask(TwilioBus.SYNC_WRITE_ITEM, item(service, "key", "{\"n\":2}", first.revision()));
        refused(TwilioBus.SYNC_WRITE_ITEM, item(service, "key", "{\"n\":3}", null), Failure.CONFLICT);
        refused(TwilioBus.SYNC_WRITE_ITEM, item(service, "key", "{\"n\":3}", first.revision()), Failure.CONFLICT);
        refused(TwilioBus.SYNC_WRITE_ITEM, item(service, "none", "{}", "0"), Failure.NOT_FOUND);
        var tooLarge = "{\"content\":\"" + "x".repeat(17_000) + "\"}";
        refused(TwilioBus.SYNC_WRITE_ITEM, item(service, "large", tooLarge, null), Failure.BAD_REQUEST);
        refused(TwilioBus.SYNC_DELETE_ITEM, deletion(service, first.revision()), Failure.CONFLICT);
        ask(TwilioBus.SYNC_DELETE_ITEM, deletion(service, second.revision()));
        refused(TwilioBus.SYNC_DELETE_ITEM, deletion(service, second.revision()), Failure.NOT_FOUND);
        refused(TwilioBus.SYNC_READ_MAP, new TwilioProtocol.ReadSyncMap(service, "none"), Failure.NOT_FOUND);
        assertAsDocumented(
                "POST Services/{Sid}/Maps/{Key}/Items/{Key} 200",
                "POST Services/{Sid}/Maps/{Key}/Items/{Key} 412",
                "POST Services/{Sid}/Maps/{Key}/Items 409",
                "DELETE Services/{Sid}/Maps/{Key}/Items/{Key} 412",
                "DELETE Services/{Sid}/Maps/{Key}/Items/{Key} 204",
                "DELETE Services/{Sid}/Maps/{Key}/Items/{Key} 404");
    }

    @Test
    void documentsAreReadAndWrittenAsDocumented() throws Exception {
        var service = service();
        var empty = ask(TwilioBus.SYNC_READ_DOCUMENT, new TwilioProtocol.ReadSyncDocument(service, "serverConfig"));
        assertThat(empty.data()).isEqualTo("{}");
        ask(TwilioBus.SYNC_WRITE_DOCUMENT, document(service, "{\"a\":\"ü\"}", empty.revision()));
        refused(TwilioBus.SYNC_WRITE_DOCUMENT, document(service, "{\"b\":2}", empty.revision()), Failure.CONFLICT);
        var read = ask(TwilioBus.SYNC_READ_DOCUMENT, new TwilioProtocol.ReadSyncDocument(service, "serverConfig"));
        assertThat(read.data()).isEqualTo("{\"a\":\"ü\"}");
        refused(TwilioBus.SYNC_READ_DOCUMENT, new TwilioProtocol.ReadSyncDocument(service, "none"), Failure.NOT_FOUND);
        assertAsDocumented(
                "GET Services/{Sid}/Documents/{Key} 200",
                "POST Services/{Sid}/Documents/{Key} 200",
                "POST Services/{Sid}/Documents/{Key} 412",
                "GET Services/{Sid}/Documents/{Key} 404");
    }

    private String service() throws Exception {
        var wanted = new TwilioProtocol.EnsureSync("ConversationRelay", List.of("Context"), List.of("serverConfig"));
        var ready = ask(TwilioBus.SYNC_ENSURE, wanted);
        assertThat(ask(TwilioBus.SYNC_ENSURE, wanted)).isEqualTo(ready);
        return ready.serviceSid();
    }

    private static TwilioProtocol.PlaceCall call(String path) {
        return new TwilioProtocol.PlaceCall(TO, FROM, url(path), url("/status"), true, Duration.ofSeconds(30));
    }

    private static TwilioProtocol.WriteSyncItem item(
            String service, String key, String data, @Nullable String revision) {
        return new TwilioProtocol.WriteSyncItem(service, "Context", key, data, revision);
    }

    private static TwilioProtocol.DeleteSyncItem deletion(String service, String revision) {
        return new TwilioProtocol.DeleteSyncItem(service, "Context", "key", revision);
    }

    private static TwilioProtocol.WriteSyncDocument document(String service, String data, String revision) {
        return new TwilioProtocol.WriteSyncDocument(service, "serverConfig", data, revision);
    }

    private static String url(String path) {
        return TestNode.PUBLIC_URL.resolve(path).toString();
    }

    private <Q extends TwilioProtocol, A extends TwilioProtocol> A ask(Ask<Q, A> address, Q question) throws Exception {
        return await(address.send(vertx, question));
    }

    private <Q extends TwilioProtocol, A extends TwilioProtocol> void refused(
            Ask<Q, A> address, Q question, Failure failure) {
        var refusal = catchThrowableOfType(BusException.class, () -> ask(address, question));
        assertThat(refusal).isNotNull();
        assertThat(refusal.failure()).as(refusal.getMessage()).isEqualTo(failure);
    }

    private void webhook(HttpServerRequest request) {
        webhooks.add(request.path());
        request.response().putHeader("content-type", "text/xml").end(PAUSE);
    }

    private void awaitWebhook(String path) throws InterruptedException {
        for (var asked = ""; !path.equals(asked); ) {
            asked = webhooks.poll(10, TimeUnit.SECONDS);
            assertThat(asked).as("webhook " + path).isNotNull();
        }
    }

    /** Checks all that passed, and that these kinds of exchanges were among it. */
    private void assertAsDocumented(String... kinds) {
        var passed = proxy.exchanges();
        assertThat(passed).allSatisfy(this::assertAsDocumented);
        assertThat(passed.stream().map(TwilioContractIT::kind)).contains(kinds);
    }

    private void assertAsDocumented(Exchange exchange) {
        var path = exchange.uri().getRawPath();
        var operation = (path.startsWith("/v1/") ? sync : voice)
                .find(exchange.method(), path)
                .orElseThrow(() -> new AssertionError(exchange.method() + " " + path + " is not documented"));
        assertThat(operation.faultsOfRequest(exchange.query(), exchange.formParameters()))
                .as("request %s", kind(exchange))
                .isEmpty();
        assertThat(operation.faultsOfAnswer(exchange.status(), exchange.answer()))
                .as("answer %s", kind(exchange))
                .isEmpty();
    }

    private static String kind(Exchange exchange) {
        var path = exchange.uri()
                .getPath()
                .replaceFirst("^/2010-04-01/Accounts/[^/]+/", "")
                .replaceFirst("^/v1/", "")
                .replaceAll("\\b(CA|IS)[0-9a-f]{32}", "{Sid}")
                .replaceAll("(Maps|Documents|Items)/[^/]+", "$1/{Key}");
        return exchange.method() + " " + path + " " + exchange.status();
    }
}
