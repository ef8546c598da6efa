package dev.callbus.channel.relay;

import static dev.callbus.channel.relay.TestTwilio.callSid;
import static dev.callbus.channel.relay.TestTwilio.socketPath;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.Handoff;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RelaySecrecyTest {
    private static final String CALL = callSid(1);

    private final RelayRig rig = new RelayRig();
    private final Logger root = (Logger) LoggerFactory.getLogger("dev.callbus");
    private final Log log = new Log();

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void close() {
        root.detachAppender(log);
        root.setLevel(null);
        rig.close();
    }

    @Test
    void s12_logsNeitherWordsNorDigitsNorTokens() {
        var twiml = rig.ring(CALL);
        var token = token(twiml);
        rig.connect(socketPath(twiml), "canary-signature").onFailure(expected -> {});
        var phone = rig.phone(socketPath(twiml));
        phone.send(new JsonObject(RelayRig.setup(CALL))
                .put("customParameters", new JsonObject().put("canary-key", "canary-value"))
                .encode());
        converse(phone);
        rig.tell(CALL, new CallProtocol.End(new Handoff("end-call", "canary-reason", Map.of("x", "canary-summary"))));
        while (!phone.hears().getString("type").equals("end")) {
            // the words before
        }
        phone.send("{\"type\":\"prompt\",\"voicePrompt\":\"canary-late\"}");
        RelayRig.done(phone.socket.close((short) 1000, "canary-close"));
        RelayRig.done(rig.until(() -> rig.channel.holdings().isEmpty()));
        var action = Map.of(
                "CallSid", CALL,
                "SessionStatus", "failed",
                "CallStatus", "in-progress",
                "ErrorCode", "canary error code",
                "ErrorMessage", "canary-message",
                "HandoffData", "{\"canary\":",
                "From", "canary-from");
        var again = rig.post("/connectAction", action).body();
        rig.post("/connectAction", Map.of("CallSid", callSid(3), "SessionStatus", "canary session status"));
        rig.post("/voice?canary=1", Map.of("CallSid", "canary"));

        assertThat(log.lines).hasSizeGreaterThan(5);
        assertThat(log.lines)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(
                                "canary", token, token(again), TestTwilio.AUTH_TOKEN, "8675309", "tokens-played"));
    }

    @Test
    void s12_logsNoWordsWhenThingsFail() {
        rig.supervisor = open -> Future.failedFuture(new BusException(Failure.INTERNAL, "no"));
        var refused = rig.phone(socketPath(rig.ring(callSid(2))));
        refused.send(RelayRig.setup(callSid(2)));
        refused.closeCode();
        rig.supervisor = rig::listen;
        var phone = rig.call(CALL);
        RelayRig.done(rig.hangUp(CALL));
        phone.send("{\"type\":\"prompt\",\"voicePrompt\":\"canary-speech\"}");
        phone.closeCode();
        var large = rig.call(callSid(4));
        large.send("canary".repeat(20_000));
        large.closeCode();
        RelayRig.done(rig.until(() -> rig.channel.holdings().isEmpty()));
        assertThat(log.lines).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain("canary"));
    }

    private void converse(RelayRig.Phone phone) {
        phone.send("{\"type\":\"prompt\",\"voicePrompt\":\"canary-speech\",\"lang\":\"canary-lang\"}");
        phone.send("{\"type\":\"interrupt\",\"utteranceUntilInterrupt\":\"canary-heard\"}");
        phone.send("{\"type\":\"info\",\"name\":\"tokensPlayed\",\"value\":\"canary-played\"}");
        phone.send("{\"type\":\"error\",\"description\":\"canary-fault\"}");
        "8675309".chars().forEach(digit -> phone.send("{\"type\":\"dtmf\",\"digit\":\"" + (char) digit + "\"}"));
        phone.send("{\"type\":\"canary-type\",\"canary\":1}");
        phone.send("canary-nonsense");
        phone.send("{\"type\":\"prompt\",\"voicePrompt\":{\"canary\":1}}");
        phone.send("{\"type\":\"dtmf\",\"digit\":\"canary\"}");
        phone.send(RelayRig.setup("canary"));
        phone.send("{\"type\":\"prompt\",\"voicePrompt\":\"canary-last\"}");
        for (int i = 0; i < 12; i++) {
            rig.next();
        }
        rig.tell(CALL, new CallProtocol.Text("canary-token", true));
        rig.tell(CALL, new CallProtocol.SendDigits("8675309"));
        rig.tell(CALL, new CallProtocol.Play("https://canary.example", 1, null, null));
    }

    private static String token(String twiml) {
        var path = socketPath(twiml);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Keeps every line with its exception. */
    private static final class Log extends AppenderBase<ILoggingEvent> {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            var thrown = event.getThrowableProxy();
            lines.add(event.getLevel() + " " + event.getFormattedMessage()
                    + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    }
}
