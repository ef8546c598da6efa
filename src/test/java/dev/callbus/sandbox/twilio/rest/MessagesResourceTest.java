package dev.callbus.sandbox.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.Tunnel;
import dev.callbus.sandbox.twilio.TwilioSigner;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of the sandbox's Twilio. */
class MessagesResourceTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String LIST = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
    private static final String SENDER = "+15005550006";
    private static final String PHONE = "+14155550100";
    private static final String CALLBACK = "https://callbus.example/sms-status?tenant=a";

    private final Vertx vertx = Vertx.vertx();
    private final SettableClock clock = new SettableClock();
    private final BlockingQueue<Message> phone = new LinkedBlockingQueue<>();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private MessagesResource messages;
    private RestServer server;
    private TwilioClient client;

    @BeforeEach
    void start() {
        var document = TwilioOpenApi.load("twilio_api_v2010");
        var app = TwilioClient.await(
                vertx.createHttpServer().requestHandler(this::receive).listen(0, "127.0.0.1"));
        var tunnel = new Tunnel(URI.create("https://callbus.example"), "127.0.0.1", app.actualPort());
        messages = new MessagesResource(
                vertx,
                PhoneNetworkOptions.lifelike(ACCOUNT, TOKEN, tunnel),
                MessagesOptions.lifelike(Set.of(SENDER)).withClock(clock).withRate(20),
                phone::add);
        server = TwilioClient.await(new RestServer(vertx, ACCOUNT, TOKEN, List.of(messages), 0).start());
        client = new TwilioClient(vertx, document, server.baseUrl(), ACCOUNT, TOKEN);
    }

    @AfterEach
    void stop() {
        TwilioClient.await(vertx.close());
    }

    @Test
    void deliversAMessageToThePhone() throws InterruptedException {
        var made = client.post(LIST, "To", PHONE, "From", SENDER, "Body", "Your ticket is INC0010001");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("status")).isEqualTo("queued");
        assertThat(made.text("date_created")).isEqualTo("Sat, 21 Nov 2026 08:00:00 +0000");
        assertThat(made.body().getValue("date_sent")).isNull();
        var arrived = phone.poll(5, TimeUnit.SECONDS);
        assertThat(arrived).isNotNull();
        assertThat(arrived.body()).isEqualTo("Your ticket is INC0010001");
        assertThat(arrived.to()).isEqualTo(PHONE);
        assertThat(arrived.toString()).doesNotContain("INC0010001");
        assertThat(messages.messages()).containsExactly(arrived);
        var fetched = client.get(LIST.replace(".json", "/" + made.text("sid") + ".json"));
        assertThat(fetched.text("status")).isEqualTo("delivered");
        assertThat(fetched.text("date_sent")).isEqualTo("Sat, 21 Nov 2026 08:00:00 +0000");
    }

    @Test
    void sendsMediaAsMms() {
        var made = client.post(
                LIST,
                "To",
                PHONE,
                "From",
                SENDER,
                "MediaUrl",
                "https://a.example/1.png",
                "MediaUrl",
                "https://a.example/2.png");
        assertThat(made.text("sid")).startsWith("MM");
        assertThat(made.text("num_media")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({"a,160,1", "a,161,2", "a,306,2", "a,307,3", "€,80,1", "€,81,2", "č,70,1", "č,71,2", "😀,35,1", "😀,36,2"
    })
    void countsSegments(String character, int times, String segments) {
        var made = client.post(LIST, "To", PHONE, "From", SENDER, "Body", character.repeat(times));
        assertThat(made.text("num_segments")).isEqualTo(segments);
    }

    @Test
    void reportsTheMessagesWaySigned() throws InterruptedException {
        var made = client.post(LIST, "To", PHONE, "From", SENDER, "Body", "Hi", "StatusCallback", CALLBACK);
        for (var status : List.of("sent", "delivered")) {
            var report = reports.poll(5, TimeUnit.SECONDS);
            assertThat(report).isNotNull();
            assertThat(report.form())
                    .containsEntry("MessageSid", made.text("sid"))
                    .containsEntry("MessageStatus", status)
                    .containsEntry("SmsStatus", status)
                    .containsEntry("AccountSid", ACCOUNT)
                    .containsEntry("From", SENDER)
                    .containsEntry("To", PHONE);
            assertThat(report.signature()).isEqualTo(new TwilioSigner(TOKEN).sign(CALLBACK, report.form()));
        }
    }

    @Test
    void deliversAlthoughTheCallbackCannotBeReached() throws InterruptedException {
        client.post(LIST, "To", PHONE, "From", SENDER, "Body", "Hi", "StatusCallback", "https://elsewhere.example/");
        assertThat(phone.poll(5, TimeUnit.SECONDS)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                | +15005550006 | Hi | 21604",
                "+1415           | +15005550006 | Hi | 21211",
                "4155550100      | +15005550006 | Hi | 21211",
                "+14155550100    |              | Hi | 21603",
                "+14155550100    | not a number | Hi | 21212",
                "+14155550100    | +15005550007 | Hi | 21606",
                "+15005550006    | +15005550006 | Hi | 21266",
                "+14155550100    | +15005550006 |    | 21602",
            })
    void refusesAMessageThatCannotBeSent(@Nullable String to, @Nullable String from, @Nullable String body, int code) {
        client.post(LIST, "To", text(to), "From", text(from), "Body", text(body))
                .isRefusal(400, code);
        assertThat(messages.messages()).isEmpty();
    }

    @Test
    void refusesTooLongABodyAndBadUrls() {
        assertThat(client.post(LIST, "To", PHONE, "From", SENDER, "Body", "x".repeat(1600))
                        .status())
                .isEqualTo(201);
        client.post(LIST, "To", PHONE, "From", SENDER, "Body", "x".repeat(1601)).isRefusal(400, 21617);
        client.post(LIST, "To", PHONE, "From", SENDER, "MediaUrl", "file:///x").isRefusal(400, 21620);
        client.post(LIST, "To", PHONE, "From", SENDER, "Body", "x", "StatusCallback", "nowhere")
                .isRefusal(400, 21609);
    }

    @Test
    void refusesWhatIsNotTheAccounts() {
        var other = LIST.replace(ACCOUNT, "AC00000000000000000000000000000002");
        client.post(other, "To", PHONE, "From", SENDER, "Body", "x").isRefusal(401, 20003);
        client.get(LIST.replace(ACCOUNT, "me")).isRefusal(404, 20404);
        client.get(LIST.replace(".json", "/" + Sid.create("SM") + ".json")).isRefusal(404, 20404);
        var stranger = new TwilioClient(
                vertx, TwilioOpenApi.load("twilio_api_v2010"), server.baseUrl(), ACCOUNT, "another token");
        stranger.get(LIST).isRefusal(401, 20003);
    }

    @Test
    void refusesMoreRequestsThanTheRateAllows() {
        for (var i = 0; i < 20; i++) {
            client.get(LIST);
        }
        client.post(LIST, "To", PHONE, "From", SENDER, "Body", "x").isRefusal(429, 20429);
        clock.pass(Duration.ofMillis(50));
        assertThat(client.post(LIST, "To", PHONE, "From", SENDER, "Body", "x").status())
                .isEqualTo(201);
    }

    @Test
    void listsMessagesNewestFirstPageByPage() {
        for (var body : List.of("1", "2", "3")) {
            client.post(LIST, "To", PHONE, "From", SENDER, "Body", body);
        }
        client.post(LIST, "To", "+14155550199", "From", SENDER, "Body", "other");
        var first = client.get(LIST + "?To=%2B14155550100&From=%2B15005550006&PageSize=2");
        assertThat(bodies(first)).containsExactly("3", "2");
        assertThat(first.body().getInteger("end")).isEqualTo(1);
        assertThat(first.text("next_page_uri")).contains("To=%2B14155550100").contains("Page=1");
        client.post(LIST, "To", PHONE, "From", SENDER, "Body", "4");
        var second = client.get(first.text("next_page_uri"));
        assertThat(bodies(second)).containsExactly("1");
        assertThat(second.body().getInteger("start")).isEqualTo(2);
        assertThat(second.body().getValue("next_page_uri")).isNull();
        client.get(LIST + "?PageSize=1001").isRefusal(400, 20001);
    }

    @Test
    void listsTheMessagesOfATime() {
        client.post(LIST, "To", PHONE, "From", SENDER, "Body", "early");
        clock.pass(Duration.ofHours(2));
        client.post(LIST, "To", PHONE, "From", SENDER, "Body", "late");
        assertThat(bodies(client.get(LIST + "?DateSent=2026-11-21T08:00:00Z"))).containsExactly("early");
        assertThat(bodies(client.get(LIST + "?DateSent%3E=2026-11-21T08:00:01Z")))
                .containsExactly("late");
        assertThat(bodies(client.get(LIST + "?DateSent%3C=2026-11-21T10:00:00Z")))
                .containsExactly("late", "early");
        assertThat(bodies(client.get(LIST + "?DateSent%3C=2026-11-21T09:59:59Z")))
                .containsExactly("early");
        client.get(LIST + "?DateSent=yesterday").isRefusal(400, 20001);
    }

    @Test
    void hasSentTheMessageWhoseAnswerIsLost() throws InterruptedException {
        messages.faults().loseAnswersOfNext(1);
        assertThatThrownBy(() -> client.post(LIST, "To", PHONE, "From", SENDER, "Body", "x"))
                .isInstanceOf(HttpClosedException.class);
        assertThat(phone.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(client.get(LIST).body().getJsonArray("messages")).hasSize(1);
    }

    private void receive(HttpServerRequest request) {
        request.setExpectMultipart(true);
        request.end().onSuccess(read -> {
            var form = request.formAttributes().entries().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            reports.add(new Report(form, String.valueOf(request.getHeader("X-Twilio-Signature"))));
            request.response().setStatusCode(204).end();
        });
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static List<String> bodies(TwilioClient.Answer answer) {
        return answer.body().getJsonArray("messages").stream()
                .map(message -> ((JsonObject) message).getString("body"))
                .toList();
    }

    private record Report(Map<String, String> form, String signature) {}
}
