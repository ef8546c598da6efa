package dev.callbus.sandbox.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.sandbox.twilio.CallStatus;
import dev.callbus.sandbox.twilio.Callee.Reaction;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.PhoneTimes;
import dev.callbus.sandbox.twilio.Tunnel;
import dev.callbus.sandbox.twilio.TwilioSigner;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of the sandbox's Twilio, over its REST API. */
class CallsResourceTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String LIST = "/2010-04-01/Accounts/" + ACCOUNT + "/Calls.json";
    private static final String NUMBER = "+15005550006";
    private static final String PHONE = "+14155550100";
    private static final String SILENT = "+14155550101";
    private static final String BUSY = "+14155550102";
    private static final String URL = "https://callbus.example/voice?tenant=a";
    private static final String STATUS = "https://callbus.example/status";
    private static final String WAIT = "<Response><Pause length=\"600\"/></Response>";

    private final Vertx vertx = Vertx.vertx();
    private final SettableClock clock = new SettableClock();
    private final BlockingQueue<Webhook> webhooks = new LinkedBlockingQueue<>();
    private HttpServer app;
    private PhoneNetwork network;
    private CallsResource calls;
    private RestServer server;
    private TwilioClient client;

    @BeforeEach
    void start() {
        var document = TwilioOpenApi.load("twilio_api_v2010");
        app = TwilioClient.await(
                vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        network = network(times -> times);
        network.register(SILENT, () -> new Reaction.Rings());
        network.register(BUSY, () -> new Reaction.IsBusy());
        calls = new CallsResource(ACCOUNT, network, Set.of(NUMBER), new RateLimits(100, Duration.ofSeconds(1), clock));
        server = TwilioClient.await(new RestServer(vertx, ACCOUNT, TOKEN, List.of(calls), 0).start());
        client = new TwilioClient(vertx, document, server.baseUrl(), ACCOUNT, TOKEN);
    }

    @AfterEach
    void stop() {
        TwilioClient.await(network.close().eventually(server::close).eventually(vertx::close));
    }

    @Test
    void placesACall() throws InterruptedException {
        var made = client.post(LIST, "To", PHONE, "From", NUMBER, "Url", URL);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("sid")).matches("CA[0-9a-f]{32}");
        assertThat(made.body().fieldNames())
                .containsExactlyInAnyOrder(
                        "account_sid",
                        "answered_by",
                        "api_version",
                        "caller_name",
                        "date_created",
                        "date_updated",
                        "direction",
                        "duration",
                        "end_time",
                        "forwarded_from",
                        "from",
                        "from_formatted",
                        "group_sid",
                        "parent_call_sid",
                        "phone_number_sid",
                        "price",
                        "price_unit",
                        "queue_time",
                        "sid",
                        "start_time",
                        "status",
                        "subresource_uris",
                        "to",
                        "to_formatted",
                        "trunk_sid",
                        "uri");
        assertThat(made.text("status")).isEqualTo("queued");
        assertThat(made.text("direction")).isEqualTo("outbound-api");
        assertThat(made.text("to_formatted")).isEqualTo("(415) 555-0100");
        assertThat(made.text("date_created")).matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} [0-9:]{8} \\+0000");
        assertThat(made.text("queue_time")).isEqualTo("0");
        assertThat(made.body().getValue("start_time")).isNull();
        assertThat(made.body().getValue("duration")).isNull();
        var webhook = webhook("/voice");
        assertThat(webhook.form())
                .containsEntry("CallSid", made.text("sid"))
                .containsEntry("Direction", "outbound-api");
        assertThat(webhook.signature()).isEqualTo(new TwilioSigner(TOKEN).sign(URL, webhook.form()));
        var up = fetch(made);
        assertThat(up.text("status")).isEqualTo("in-progress");
        assertThat(up.text("start_time")).isNotNull();
        assertThat(up.body().getValue("end_time")).isNull();
        assertThat(up.body().getValue("duration")).isNull();
    }

    @Test
    void showsACallThatIsOver() throws InterruptedException {
        var made = place(PHONE);
        webhook("/voice");
        assertThat(update(made, "Status", "completed").text("status")).isEqualTo("completed");
        var over = fetch(made);
        assertThat(over.text("duration")).isEqualTo("0");
        assertThat(over.text("end_time")).isNotNull();
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "completed");
        var busy = place(BUSY);
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "busy");
        assertThat(fetch(busy).text("status")).isEqualTo("busy");
        assertThat(fetch(busy).body().getValue("duration")).isNull();
    }

    @Test
    void showsWhatDetectionFound() throws InterruptedException {
        var made = client.post(
                LIST, "To", PHONE, "From", NUMBER, "Url", URL, "MachineDetection", "Enable", "AsyncAmd", "false");
        assertThat(webhook("/voice").form()).containsEntry("AnsweredBy", "human");
        assertThat(fetch(made).text("answered_by")).isEqualTo("human");
    }

    @Test
    void passesEveryParameterToTheCall() throws InterruptedException {
        client.post(
                LIST,
                "To",
                PHONE,
                "From",
                NUMBER,
                "Url",
                URL,
                "Method",
                "GET",
                "Twiml",
                "this is ignored",
                "StatusCallback",
                STATUS,
                "StatusCallbackMethod",
                "GET",
                "StatusCallbackEvent",
                "ringing",
                "StatusCallbackEvent",
                "answered",
                "MachineDetection",
                "DetectMessageEnd",
                "AsyncAmd",
                "true",
                "AsyncAmdStatusCallback",
                "https://callbus.example/detected",
                "AsyncAmdStatusCallbackMethod",
                "GET",
                "Timeout",
                "600");
        assertThat(Stream.of(webhook("/status"), webhook("/status"))
                        .map(report -> report.method() + " " + report.form().get("CallStatus")))
                .containsExactlyInAnyOrder("GET ringing", "GET in-progress");
        var document = webhook("/voice");
        assertThat(document.method()).isEqualTo("GET");
        assertThat(document.form()).containsEntry("tenant", "a");
        var detected = webhook("/detected");
        assertThat(detected.method()).isEqualTo("GET");
        assertThat(detected.form()).containsEntry("AnsweredBy", "human");
    }

    @Test
    void placesACallWithADocumentOrKeys() throws InterruptedException {
        var document = client.post(LIST, "To", PHONE, "From", NUMBER, "Twiml", "<Response/>", "StatusCallback", STATUS);
        assertThat(document.status()).isEqualTo(201);
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "completed");
        client.post(LIST, "To", PHONE, "From", NUMBER, "Url", URL, "SendDigits", "1w2#", "MachineDetection", "Enable");
        assertThat(webhook("/voice").form()).doesNotContainKey("AnsweredBy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                         | +15005550006  | Url                         | https://callbus.example/v | 21201
            +1415        | +15005550006  | Url                         | https://callbus.example/v | 21211
            4155550100   | +15005550006  | Url                         | https://callbus.example/v | 21211
            +14155550100 |               | Url                         | https://callbus.example/v | 21213
            +14155550100 | nobody        | Url                         | https://callbus.example/v | 21212
            +14155550100 | +15005550007  | Url                         | https://callbus.example/v | 21210
            +14155550100 | +15005550006  | Method                      | POST                      | 21205
            +14155550100 | +15005550006  | Url                         | /voice                    | 21205
            +14155550100 | +15005550006  | Url                         | ftp://callbus.example/    | 21205
            +14155550100 | +15005550006  | ApplicationSid              | AP1                       | 21218
            """)
    void refusesACallThatCannotBePlaced(
            @Nullable String to, @Nullable String from, String name, String value, int code) {
        client.post(LIST, "To", text(to), "From", text(from), name, value).isRefusal(400, code);
        assertThat(network.records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Method                       | PUT            | 21209
            StatusCallback               | nowhere        | 21609
            StatusCallbackMethod         | PUT            | 21209
            StatusCallbackEvent          | queued         | 21626
            Timeout                      | 0              | 21208
            Timeout                      | 601            | 21208
            Timeout                      | long           | 21208
            SendDigits                   | 12x            | 21206
            SendDigits                   | 111111111111111111111111111111111 | 21206
            MachineDetection             | Sometimes      | 20001
            """)
    void refusesAParameterThatCannotBe(String name, String value, int code) {
        client.post(LIST, "To", PHONE, "From", NUMBER, "Url", URL, name, value).isRefusal(400, code);
        assertThat(network.records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MachineDetectionTimeout, 2",
        "MachineDetectionTimeout, 60",
        "MachineDetectionSpeechThreshold, 999",
        "MachineDetectionSpeechEndThreshold, 5001",
        "MachineDetectionSilenceTimeout, 1999",
        "AsyncAmd, maybe",
    })
    void refusesADetectionThatCannotBe(String name, String value) {
        client.post(LIST, "To", PHONE, "From", NUMBER, "Url", URL, "MachineDetection", "Enable", name, value)
                .isRefusal(400, 20001);
        assertThat(network.records()).isEmpty();
    }

    @Test
    void refusesTooLongADocument() {
        var longest = "<Response>" + "x".repeat(4000 - 21) + "</Response>";
        assertThat(client.post(LIST, "To", SILENT, "From", NUMBER, "Twiml", longest)
                        .status())
                .isEqualTo(201);
        client.post(LIST, "To", SILENT, "From", NUMBER, "Twiml", longest + " ").isRefusal(400, 20001);
        assertThat(network.records()).hasSize(1);
    }

    @Test
    void redirectsACall() throws InterruptedException {
        var made = place(PHONE);
        webhook("/voice");
        var redirected = update(made, "Url", "https://callbus.example/next", "Method", "GET");
        assertThat(redirected.status()).isEqualTo(200);
        assertThat(redirected.text("status")).isEqualTo("in-progress");
        assertThat(webhook("/next").method()).isEqualTo("GET");
        assertThat(update(made, "Twiml", "<Response/>").status()).isEqualTo(200);
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "completed");
        update(made, "Twiml", "<Response/>").isRefusal(400, 21220);
        update(made, "Status", "completed").isRefusal(400, 21220);
    }

    @Test
    void endsACallAsItsStateAdmits() throws InterruptedException {
        var ringing = client.post(
                LIST,
                "To",
                SILENT,
                "From",
                NUMBER,
                "Url",
                URL,
                "StatusCallback",
                STATUS,
                "Timeout",
                "600",
                "StatusCallbackEvent",
                "ringing");
        webhook("/status");
        update(ringing, "Url", URL).isRefusal(400, 21220);
        assertThat(update(ringing, "Status", "canceled").text("status")).isEqualTo("canceled");
        var answered = place(PHONE);
        webhook("/voice");
        update(answered, "Status", "canceled").isRefusal(400, 21220);
        assertThat(update(answered, "Status", "completed").text("status")).isEqualTo("completed");
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "completed");
    }

    @Test
    void refusesAnUpdateThatMakesNoSense() throws InterruptedException {
        var made = place(PHONE);
        webhook("/voice");
        update(made, "Status", "busy").isRefusal(400, 20001);
        update(made, "Url", "nowhere").isRefusal(400, 21205);
        update(made, "Url", URL, "Method", "PUT").isRefusal(400, 21209);
        update(made, "Url", URL, "Twiml", "<Response/>").isRefusal(400, 20001);
        assertThat(fetch(made).text("status")).isEqualTo("in-progress");
    }

    @Test
    void refusesWhatIsNotThere() {
        var nobody = LIST.replace(".json", "/CA00000000000000000000000000000000.json");
        client.get(nobody).isRefusal(404, 20404);
        client.post(nobody, "Status", "completed").isRefusal(404, 20404);
        client.get(LIST.replace(ACCOUNT, "AC00000000000000000000000000000002")).isRefusal(401, 20003);
    }

    @Test
    void listsWhatIsAskedForNewestFirst() throws InterruptedException {
        var first = place(PHONE);
        webhook("/voice");
        var busy = place(BUSY);
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "busy");
        var last = place(SILENT);
        assertThat(sids(LIST)).containsExactly(last.text("sid"), busy.text("sid"), first.text("sid"));
        assertThat(sids(LIST + "?To=%2B14155550100")).containsExactly(first.text("sid"));
        assertThat(sids(LIST + "?From=%2B15005550006")).hasSize(3);
        assertThat(sids(LIST + "?From=%2B15005550007")).isEmpty();
        assertThat(sids(LIST + "?Status=busy")).containsExactly(busy.text("sid"));
        assertThat(sids(LIST + "?Status=in-progress")).containsExactly(first.text("sid"));
        assertThat(sids(LIST + "?Status=canceled")).isEmpty();
        assertThat(sids(LIST + "?ParentCallSid=" + first.text("sid"))).isEmpty();
        var page = client.get(LIST + "?PageSize=2&From=%2B15005550006");
        assertThat(sids(page)).containsExactly(last.text("sid"), busy.text("sid"));
        assertThat(page.body().getInteger("page_size")).isEqualTo(2);
        assertThat(page.text("first_page_uri")).contains("Page=0");
        place(SILENT);
        var next = client.get(page.text("next_page_uri"));
        assertThat(sids(next)).containsExactly(first.text("sid"));
        assertThat(next.body().getValue("next_page_uri")).isNull();
        client.get(LIST + "?PageSize=1001").isRefusal(400, 20001);
    }

    @Test
    void listsTheCallsOfATime() throws InterruptedException {
        var made = place(BUSY);
        assertThat(webhook("/status").form()).containsEntry("CallStatus", "busy");
        var start = ZonedDateTime.parse(fetch(made).text("start_time"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        var before = start.minusSeconds(1);
        var after = start.plusSeconds(1);
        assertThat(sids(LIST + "?StartTime=" + start)).hasSize(1);
        assertThat(sids(LIST + "?StartTime=" + before)).isEmpty();
        assertThat(sids(LIST + "?StartTime=" + after)).isEmpty();
        assertThat(sids(LIST + "?StartTime%3E=" + start)).hasSize(1);
        assertThat(sids(LIST + "?StartTime%3E=" + after)).isEmpty();
        assertThat(sids(LIST + "?StartTime%3C=" + start)).hasSize(1);
        assertThat(sids(LIST + "?StartTime%3C=" + before)).isEmpty();
        assertThat(sids(LIST + "?EndTime%3E=" + start + "&EndTime%3C=" + start.plusSeconds(60)))
                .hasSize(1);
        assertThat(sids(LIST + "?EndTime%3C=" + before)).isEmpty();
        var day = LocalDate.ofInstant(start, ZoneOffset.UTC);
        // The document takes times only, although its descriptions and the clients speak of days.
        assertThat(isOn("StartTime", day)).isTrue();
        assertThat(isOn("StartTime", day.minusDays(1))).isFalse();
        assertThat(isOn("StartTime>", day)).isTrue();
        assertThat(isOn("StartTime>", day.plusDays(1))).isFalse();
        assertThat(isOn("StartTime<", day)).isTrue();
        assertThat(isOn("StartTime<", day.minusDays(1))).isFalse();
        client.get(LIST + "?StartTime%3E=yesterday").isRefusal(400, 20001);
    }

    @Test
    void queuesCallsThatExceedThePace() {
        var slow = network(times -> times.withCallInterval(Duration.ofHours(1)));
        var queue = new CallsResource(ACCOUNT, slow, Set.of(NUMBER), 100);
        var other = TwilioClient.await(new RestServer(vertx, ACCOUNT, TOKEN, List.of(queue), 0).start());
        client = new TwilioClient(vertx, TwilioOpenApi.load("twilio_api_v2010"), other.baseUrl(), ACCOUNT, TOKEN);
        assertThat(place(SILENT).text("queue_time")).isEqualTo("0");
        var second = place(SILENT);
        assertThat(Integer.parseInt(second.text("queue_time"))).isBetween(3_500_000, 3_600_000);
        assertThat(fetch(second).text("status")).isEqualTo("queued");
        assertThat(fetch(second).body().getValue("start_time")).isNull();
        assertThat(update(second, "Status", "canceled").text("status")).isEqualTo("canceled");
        TwilioClient.await(slow.close().eventually(other::close));
    }

    @Test
    void showsNoStatesThatTheResourceDoesNotHave() {
        assertThat(Stream.of(CallStatus.values()).map(CallJson::status).distinct())
                .containsExactlyInAnyOrder(
                        "queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled");
    }

    @Test
    void refusesMoreRequestsThanTheRateAllows() {
        for (var i = 0; i < 100; i++) {
            client.get(LIST);
        }
        client.post(LIST, "To", PHONE, "From", NUMBER, "Url", URL).isRefusal(429, 20429);
        assertThat(network.records()).isEmpty();
        clock.pass(Duration.ofMillis(10));
        assertThat(place(PHONE).status()).isEqualTo(201);
    }

    @Test
    void failsAsOrdered() {
        calls.faults().failNext(2, 500);
        client.post(LIST, "To", PHONE, "From", NUMBER, "Url", URL).isRefusal(500, 20500);
        client.get(LIST).isRefusal(500, 20500);
        assertThat(network.records()).isEmpty();
        assertThat(place(PHONE).status()).isEqualTo(201);
    }

    @Test
    void hasPlacedExactlyOneCallWhenTheAnswerIsLost() throws InterruptedException {
        calls.faults().loseAnswersOfNext(1);
        assertThatThrownBy(() -> client.post(LIST, "To", PHONE, "From", NUMBER, "Url", URL))
                .isInstanceOf(HttpClosedException.class);
        webhook("/voice");
        assertThat(sids(LIST + "?To=%2B14155550100")).hasSize(1);
    }

    private PhoneNetwork network(UnaryOperator<PhoneTimes> change) {
        var tunnel = new Tunnel(URI.create("https://callbus.example"), "127.0.0.1", app.actualPort());
        var times = change.apply(PhoneTimes.lifelike().faster(20));
        return new PhoneNetwork(
                vertx, PhoneNetworkOptions.lifelike(ACCOUNT, TOKEN, tunnel).withTimes(times));
    }

    private boolean isOn(String filter, LocalDate day) {
        var query = new Form(MultiMap.caseInsensitiveMultiMap().add(filter, day.toString()));
        return CallFilter.of(query).holds(network.records().getFirst());
    }

    private TwilioClient.Answer place(String to) {
        return client.post(LIST, "To", to, "From", NUMBER, "Url", URL, "StatusCallback", STATUS);
    }

    private TwilioClient.Answer fetch(TwilioClient.Answer call) {
        return client.get(path(call));
    }

    private TwilioClient.Answer update(TwilioClient.Answer call, String... form) {
        return client.post(path(call), form);
    }

    private static String path(TwilioClient.Answer call) {
        return LIST.replace(".json", "/" + call.text("sid") + ".json");
    }

    private List<String> sids(String query) {
        return sids(client.get(query));
    }

    private static List<String> sids(TwilioClient.Answer answer) {
        return answer.body().getJsonArray("calls").stream()
                .map(call -> ((JsonObject) call).getString("sid"))
                .toList();
    }

    private void answer(HttpServerRequest request) {
        boolean posts = request.method().name().equals("POST");
        request.setExpectMultipart(posts);
        request.end().onSuccess(read -> {
            var form = new TreeMap<String, String>();
            (posts ? request.formAttributes() : request.params()).forEach(form::put);
            var signature = String.valueOf(request.getHeader("X-Twilio-Signature"));
            webhooks.add(new Webhook(request.method().name(), request.path(), form, signature));
            request.response().putHeader("Content-Type", "text/xml").end(WAIT);
        });
    }

    /** The next webhook at this path; others, which it may have overtaken, are kept. */
    private Webhook webhook(String path) throws InterruptedException {
        var kept = new ArrayList<Webhook>();
        var webhook = webhooks.poll(5, TimeUnit.SECONDS);
        while (webhook != null && !webhook.path().equals(path)) {
            kept.add(webhook);
            webhook = webhooks.poll(5, TimeUnit.SECONDS);
        }
        webhooks.addAll(kept);
        if (webhook == null) {
            throw new AssertionError("no webhook came to " + path + ", but " + kept);
        }
        return webhook;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private record Webhook(String method, String path, Map<String, String> form, String signature) {}
}
