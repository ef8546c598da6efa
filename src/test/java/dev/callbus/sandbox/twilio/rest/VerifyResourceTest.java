package dev.callbus.sandbox.twilio.rest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.sandbox.twilio.rest.TwilioClient.Answer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sandbox's Verify service, held to Twilio's OpenAPI document. */
class VerifyResourceTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String SERVICE = "VA00000000000000000000000000000001";
    private static final String ROOT = "/v2/Services/" + SERVICE;
    private static final String VERIFICATIONS = ROOT + "/Verifications";
    private static final String CHECK = ROOT + "/VerificationCheck";
    private static final String TO = "+15550001111";

    private final SettableClock clock = new SettableClock();
    private final List<VerifyResource.Delivery> arrived = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private VerifyResource resource = new VerifyResource(options(), arrived::add);
    private @Nullable RestServer server;

    @AfterEach
    void stop() {
        TwilioClient.await(vertx.close());
    }

    @Test
    void sendsACodeThatIsRightOnce() {
        var client = start(options());
        var started = client.post(VERIFICATIONS, "To", TO, "Channel", "sms");
        assertThat(started.status()).isEqualTo(201);
        assertThat(started.text("status")).isEqualTo("pending");
        assertThat(arrived).singleElement().satisfies(one -> {
            assertThat(one.to()).isEqualTo(TO);
            assertThat(one.channel()).isEqualTo("sms");
            assertThat(one.code()).matches("\\d{6}");
            assertThat(one.toString()).doesNotContain(one.code(), TO);
        });
        assertThat(started.response().bodyAsString()).doesNotContain(code());
        var checked = client.post(CHECK, "VerificationSid", started.text("sid"), "Code", code());
        assertThat(checked.text("status")).isEqualTo("approved");
        assertThat(checked.body().getBoolean("valid")).isTrue();
        var again = client.post(CHECK, "VerificationSid", started.text("sid"), "Code", code());
        again.isRefusal(404, 20404);
        assertThat(again.text("message"))
                .isEqualTo("The requested resource /Services/" + SERVICE + "/VerificationCheck was not found");
        client.get(VERIFICATIONS + "/" + started.text("sid")).isRefusal(404, 20404);
        client.get(VERIFICATIONS + "/" + TO).isRefusal(404, 20404);
    }

    @Test
    void sendsTheSameCodeAgainWhileItIsGood() {
        var client = start(options());
        var first = send(client, "sms");
        clock.pass(Duration.ofMinutes(9));
        var second = send(client, "call");
        assertThat(second.text("sid")).isEqualTo(first.text("sid"));
        assertThat(second.body().getJsonArray("send_code_attempts")).hasSize(2);
        assertThat(second.text("channel")).isEqualTo("call");
        assertThat(arrived).extracting(VerifyResource.Delivery::channel).containsExactly("sms", "call");
        assertThat(arrived.get(1).code()).isEqualTo(arrived.get(0).code());
        clock.pass(Duration.ofSeconds(59));
        assertThat(check(client, "0".repeat(6)).text("status")).isEqualTo("pending");
        clock.pass(Duration.ofSeconds(1));
        check(client, code()).isRefusal(404, 20404);
        var third = send(client, "sms");
        assertThat(third.text("sid")).isNotEqualTo(first.text("sid"));
        assertThat(arrived.get(2).code()).isNotEqualTo(arrived.get(0).code());
    }

    @Test
    void refusesTheSixthSendUntilTheVerificationIsOver() {
        var client = start(options());
        for (int i = 0; i < 5; i++) {
            assertThat(send(client, "sms").status()).isEqualTo(201);
        }
        var refused = send(client, "sms");
        refused.isRefusal(429, 60203);
        assertThat(refused.text("message")).isEqualTo("Max send attempts reached");
        assertThat(arrived).hasSize(5);
        assertThat(client.post(VERIFICATIONS, "To", "+15550001112", "Channel", "sms")
                        .status())
                .isEqualTo(201);
        assertThat(check(client, arrived.getFirst().code()).text("status")).isEqualTo("approved");
        assertThat(send(client, "sms").status()).isEqualTo(201);
    }

    @Test
    void refusesTheSixthCheckEvenOfTheRightCode() {
        var client = start(options());
        var sid = send(client, "sms").text("sid");
        for (int i = 0; i < 5; i++) {
            var wrong = check(client, "000000");
            assertThat(wrong.text("status")).isEqualTo("pending");
            assertThat(wrong.body().getBoolean("valid")).isFalse();
        }
        var refused = check(client, code());
        refused.isRefusal(429, 60202);
        assertThat(refused.text("message")).isEqualTo("Max check attempts reached");
        send(client, "sms").isRefusal(429, 60202);
        assertThat(client.get(VERIFICATIONS + "/" + sid).text("status")).isEqualTo("max_attempts_reached");
        clock.pass(Duration.ofMinutes(10));
        assertThat(send(client, "sms").status()).isEqualTo(201);
        assertThat(check(client, code()).text("status")).isEqualTo("approved");
    }

    @Test
    void refusesWhatIsNoNumberChannelOrCode() {
        var client = start(options());
        var bad = client.post(VERIFICATIONS, "To", "12", "Channel", "sms");
        bad.isRefusal(400, 60200);
        assertThat(bad.text("message")).isEqualTo("Invalid parameter `To`: 12");
        client.post(VERIFICATIONS, "To", TO, "Channel", "pigeon").isRefusal(400, 60200);
        client.post(VERIFICATIONS, "To", "someone@example.com", "Channel", "email")
                .isRefusal(400, 60217);
        client.post(VERIFICATIONS, "To", TO).isRefusal(400, 20001);
        client.post(CHECK, "To", TO, "Code", "123").isRefusal(400, 60200);
        client.post(CHECK, "To", TO, "Code", "12345678901").isRefusal(400, 60200);
        client.post(CHECK, "Code", "123456").isRefusal(400, 60200);
        client.post(CHECK, "To", TO, "Code", "123456").isRefusal(404, 20404);
        client.post(ROOT.replace("1", "2") + "/Verifications", "To", TO, "Channel", "sms")
                .isRefusal(404, 20404);
        assertThat(arrived).isEmpty();
    }

    @Test
    void isFetchedBySidAndByNumberAsOftenAsAllowed() {
        var client = start(options());
        var sid = send(client, "sms").text("sid");
        assertThat(client.get(VERIFICATIONS + "/" + TO).text("sid")).isEqualTo(sid);
        for (int i = 1; i < 60; i++) {
            assertThat(client.get(VERIFICATIONS + "/" + sid).status()).isEqualTo(200);
        }
        client.get(VERIFICATIONS + "/" + sid).isRefusal(429, 20429);
        clock.pass(Duration.ofMinutes(1));
        assertThat(client.get(VERIFICATIONS + "/" + sid).status()).isEqualTo(200);
    }

    @Test
    void isCanceledOrApprovedByTheAccount() {
        var client = start(options());
        var canceled = send(client, "sms").text("sid");
        assertThat(client.post(VERIFICATIONS + "/" + canceled, "Status", "canceled")
                        .text("status"))
                .isEqualTo("canceled");
        client.post(CHECK, "VerificationSid", canceled, "Code", code()).isRefusal(404, 20404);
        assertThat(client.get(VERIFICATIONS + "/" + canceled).text("status")).isEqualTo("canceled");
        var approved = send(client, "sms").text("sid");
        assertThat(approved).isNotEqualTo(canceled);
        client.post(VERIFICATIONS + "/" + approved, "Status", "pending").isRefusal(400, 60200);
        assertThat(client.post(VERIFICATIONS + "/" + TO, "Status", "approved")
                        .body()
                        .getBoolean("valid"))
                .isTrue();
        client.get(VERIFICATIONS + "/" + approved).isRefusal(404, 20404);
    }

    @Test
    void refusesConcurrentRequestsAboutOneNumber() {
        start(options().withTakes(Duration.ofMillis(200)));
        var web = WebClient.create(vertx);
        var form = MultiMap.caseInsensitiveMultiMap().add("To", TO).add("Channel", "sms");
        Future<Integer> one = post(web, form);
        Future<Integer> other = post(web, form);
        TwilioClient.await(Future.all(one, other));
        assertThat(List.of(one.result(), other.result())).containsExactlyInAnyOrder(201, 429);
        assertThat(arrived).hasSize(1);
        assertThat(TwilioClient.await(post(web, form))).isEqualTo(201);
    }

    @Test
    void meetsTheFaultsThatAreOrdered() {
        var client = start(options());
        resource.faults().refuseNext(1, new RestError(429, 60212, "Too many concurrent requests for phone number"));
        send(client, "sms").isRefusal(429, 60212);
        resource.faults().failNext(1, 429);
        send(client, "sms").isRefusal(429, 20429);
        assertThat(arrived).isEmpty();
        resource.faults().loseAnswersOfNext(1);
        assertThatThrownBy(() -> send(client, "sms")).isInstanceOf(HttpClosedException.class);
        assertThat(arrived).hasSize(1);
        assertThat(client.get(VERIFICATIONS + "/" + TO).text("status")).isEqualTo("pending");
    }

    @Test
    void hasCodesOfTheLengthOfItsService() {
        var client = start(options().withCodeLength(8));
        send(client, "sms");
        assertThat(code()).matches("\\d{8}");
        assertThat(check(client, code()).text("status")).isEqualTo("approved");
    }

    private VerifyOptions options() {
        return VerifyOptions.lifelike(ACCOUNT, SERVICE).withClock(clock).withRandom(new Random(7));
    }

    private TwilioClient start(VerifyOptions options) {
        var document = TwilioOpenApi.load("twilio_verify_v2");
        resource = new VerifyResource(options, arrived::add);
        server = TwilioClient.await(new RestServer(vertx, ACCOUNT, TOKEN, List.of(resource), 0).start());
        return new TwilioClient(vertx, document, server.baseUrl(), ACCOUNT, TOKEN);
    }

    private Future<Integer> post(WebClient web, MultiMap form) {
        return web.postAbs(Objects.requireNonNull(server).baseUrl() + VERIFICATIONS)
                .basicAuthentication(ACCOUNT, TOKEN)
                .timeout(SECONDS.toMillis(5))
                .sendForm(form)
                .map(answer -> answer.statusCode());
    }

    private static Answer send(TwilioClient client, String channel) {
        return client.post(VERIFICATIONS, "To", TO, "Channel", channel);
    }

    private static Answer check(TwilioClient client, String code) {
        return client.post(CHECK, "To", TO, "Code", code);
    }

    private String code() {
        return arrived.getLast().code();
    }
}
