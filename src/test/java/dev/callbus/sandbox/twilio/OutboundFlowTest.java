package dev.callbus.sandbox.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.twilio.Callee.Reaction;
import dev.callbus.sandbox.twilio.OutboundCall.Detection;
import dev.callbus.sandbox.twilio.OutboundCall.Progress;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a placed call between its turn and its document when the callee or the account won't wait. */
class OutboundFlowTest {
    private static final String TOKEN = "12345678901234567890123456789012";
    private static final String ACCOUNT = "AC" + "0".repeat(32);
    private static final String NUMBER = "+15550002222";
    private static final String PHONE = "+15550003333";
    private static final URI DOCUMENT = at("/document");
    private static final Progress COMPLETED =
            new Progress(new OutboundCall.Callback(at("/status"), "POST"), Set.of("completed"));
    private static final OutboundCall.Callback DETECTED = new OutboundCall.Callback(at("/detected"), "POST");
    private static final String WAIT = "<Response><Pause length=\"600\"/></Response>";
    private static final String HANGUP = "<Response><Hangup/></Response>";

    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private Vertx vertx;
    private ObeyedServer server;
    private PhoneNetwork network;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        server = new ObeyedServer();
        network = network(PhoneTimes.lifelike().faster(20));
    }

    @AfterEach
    void close() throws Exception {
        network.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
        server.close();
    }

    @Test
    void asksNothingWhenTheCalleeHangsUpDuringTheDetection() throws Exception {
        network.register(PHONE, phone(PhoneCall::hangUp));
        var call = network.place(asking().withProgress(COMPLETED).withDetection(new Detection.Blocking(false)));
        assertThat(server.webhook().form()).containsEntry("CallStatus", "completed");
        assertThat(call.answeredBy()).isNull();
        assertThat(pathsDuring(Duration.ofSeconds(10))).isEmpty();
    }

    @Test
    void detectsNothingOnACallThatIsOver() throws Exception {
        network = network(PhoneTimes.lifelike().faster(4));
        network.register(PHONE, phone(line -> {}));
        server.twiml("/document", HANGUP);
        var call = network.place(asking().withProgress(COMPLETED).withDetection(new Detection.Beside(false, DETECTED)));
        assertThat(List.of(server.webhook().path(), server.webhook().path())).containsExactly("/document", "/status");
        assertThat(pathsDuring(Duration.ofSeconds(4))).isEmpty();
        assertThat(call.answeredBy()).isNull();
    }

    @Test
    void dialsNoKeysOnACallThatGoesOnElsewhere() throws Exception {
        server.twiml("/elsewhere", WAIT);
        var redirected = new LinkedBlockingQueue<Boolean>();
        network.register(
                PHONE,
                phone(line ->
                        line.redirect(at("/elsewhere"), "POST").onComplete(done -> redirected.add(done.succeeded()))));
        network.place(asking().withDigits("WWWWWWWW1"));
        assertThat(redirected.poll(5, SECONDS)).isTrue();
        assertThat(server.webhook().path()).isEqualTo("/elsewhere");
        assertThat(pathsDuring(Duration.ofSeconds(10))).isEmpty();
        assertThat(keys).isEmpty();
    }

    @Test
    void dialsAtThePaceOfTheAccount() throws Exception {
        network = network(PhoneTimes.lifelike().faster(20).withCallInterval(Duration.ofMillis(100)));
        network.register(PHONE, () -> new Reaction.IsBusy());
        var calls = List.of(
                network.place(asking().withProgress(COMPLETED)),
                network.place(asking().withProgress(COMPLETED)),
                network.place(asking().withProgress(COMPLETED)));
        for (var call : calls) {
            assertThat(server.webhook().form()).containsEntry("CallSid", call.callSid());
        }
        assertThat(calls.getFirst().queued()).isZero();
        assertThat(calls.get(2).queued()).isBetween(Duration.ofMillis(1), Duration.ofMillis(200));
        for (var call : calls) {
            assertThat(Duration.between(call.created(), call.dialled())).isGreaterThanOrEqualTo(floor(call.queued()));
        }
    }

    @Test
    void goesThroughWithACallWhoseReportsLeadNowhere() throws Exception {
        server.twiml("/document", HANGUP);
        var lines = new LinkedBlockingQueue<PhoneCall>();
        network.register(PHONE, phone(lines::add));
        var nowhere = new OutboundCall.Callback(URI.create("https://elsewhere.example/status"), "POST");
        network.place(asking().withProgress(new Progress(nowhere, Set.of("initiated", "answered", "completed"))));
        assertThat(server.webhook().path()).isEqualTo("/document");
        var line = lines.poll(5, SECONDS);
        assertThat(line).isNotNull();
        assertThat(line.ended().await(5, SECONDS).status()).isEqualTo("completed");
    }

    @Test
    void forgetsTheCalleeWhoIsCalledOffWhileItRings() throws Exception {
        var lines = new LinkedBlockingQueue<PhoneCall>();
        network.register(PHONE, new Phone(lines::add, Duration.ofSeconds(40)));
        var ringing = new Progress(new OutboundCall.Callback(at("/status"), "POST"), Set.of("ringing", "completed"));
        var call = network.place(asking().withProgress(ringing));
        assertThat(server.webhook().form()).containsEntry("CallStatus", "ringing");
        network.cancel(call.callSid()).await(5, SECONDS);
        assertThat(server.webhook().form()).containsEntry("CallStatus", "canceled");
        assertThat(pathsDuring(Duration.ofSeconds(50))).isEmpty();
        assertThat(lines).isEmpty();
        assertThat(call.started()).isNull();
    }

    /** The webhooks that come while another call of this length is up. */
    private List<String> pathsDuring(Duration length) throws Exception {
        network.register(PHONE, new Phone(line -> line.hangUpAfter(length), Duration.ofSeconds(1)));
        server.twiml("/last", WAIT);
        var last = new Progress(new OutboundCall.Callback(at("/the-end"), "POST"), Set.of("completed"));
        network.place(OutboundCall.asking(at("/last"), NUMBER, PHONE).withProgress(last));
        var before = new ArrayList<String>();
        var path = server.webhook().path();
        while (!path.equals("/the-end")) {
            before.add(path);
            path = server.webhook().path();
        }
        before.remove("/last");
        return before;
    }

    private PhoneNetwork network(PhoneTimes times) {
        var options = PhoneNetworkOptions.lifelike(ACCOUNT, TOKEN, server.tunnel());
        return new PhoneNetwork(vertx, options.withTimes(times));
    }

    private Phone phone(Consumer<PhoneCall> talk) {
        return new Phone(talk, Duration.ofSeconds(1));
    }

    private static OutboundCall asking() {
        return OutboundCall.asking(DOCUMENT, NUMBER, PHONE);
    }

    private static URI at(String path) {
        return URI.create(ObeyedServer.PUBLIC_URL + path);
    }

    /** Timers count whole milliseconds. */
    private static Duration floor(Duration duration) {
        return Duration.ofMillis(duration.toMillis());
    }

    /** A phone that is picked up, by somebody who does this then. */
    private final class Phone implements Callee {
        private final Consumer<PhoneCall> talk;
        private final Duration after;

        Phone(Consumer<PhoneCall> talk, Duration after) {
            this.talk = talk;
            this.after = after;
        }

        @Override
        public Reaction ring() {
            return new Reaction.PicksUp(after, false);
        }

        @Override
        public void hearKeys(String dialled) {
            keys.add(dialled);
        }

        @Override
        public void talk(PhoneCall line) {
            talk.accept(line);
        }
    }
}
