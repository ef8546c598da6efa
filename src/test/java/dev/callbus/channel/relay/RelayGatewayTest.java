package dev.callbus.channel.relay;

import static dev.callbus.channel.relay.TestTwilio.callSid;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.Handoff;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayGatewayTest {
    private static final String CALL = callSid(1);
    private static final String PROMPT =
            "{\"type\":\"prompt\",\"voicePrompt\":\"My laptop is broken\",\"lang\":\"en-US\",\"last\":true}";
    private static final RelayTimes QUICK =
            new RelayTimes(Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofSeconds(5));
    private static final RelayTimes QUICK_SETUP =
            new RelayTimes(Duration.ofMillis(100), Duration.ofSeconds(20), Duration.ofSeconds(5));

    private RelayRig rig = new RelayRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void carriesAConversationBothWays() {
        var phone = rig.call(CALL);
        assertThat(rig.opens).singleElement().satisfies(open -> {
            assertThat(open.profile()).isSameAs(rig.profile);
            assertThat(open.setup())
                    .isEqualTo(new CallProtocol.Setup(
                            CALL,
                            "VX" + CALL.substring(2),
                            "+15550001111",
                            "+15550002222",
                            "inbound",
                            "RINGING",
                            Map.of()));
        });

        phone.send(PROMPT);
        assertThat(rig.next()).isEqualTo(new CallProtocol.Prompt("My laptop is broken", "en-US", true));
        rig.tell(CALL, new CallProtocol.Text("Oh ", false));
        rig.tell(CALL, new CallProtocol.Text("", true));
        assertThat(phone.hears().getMap()).isEqualTo(Map.of("type", "text", "token", "Oh ", "last", false));
        assertThat(phone.hears().getMap()).isEqualTo(Map.of("type", "text", "token", "", "last", true));
        phone.send("{\"type\":\"interrupt\",\"utteranceUntilInterrupt\":\"Oh\",\"durationUntilInterruptMs\":\"460\"}");
        assertThat(rig.next()).isEqualTo(new CallProtocol.Interrupt("Oh", 460));
        phone.send("{\"type\":\"dtmf\",\"digit\":\"5\"}");
        assertThat(rig.next()).isEqualTo(new CallProtocol.Dtmf("5"));
        phone.send("{\"type\":\"error\",\"description\":\"Invalid message\"}");
        assertThat(rig.next()).isEqualTo(new CallProtocol.Fault("Invalid message"));

        RelayRig.done(phone.socket.close());
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
        assertNothingIsLeft();
    }

    @Test
    void hearsWhatTheCallSaysBeforeItIsUp() {
        rig.supervisor = open -> CallBus.channel(CALL)
                .send(rig.vertx, new CallProtocol.Text("At once", true))
                .compose(sent -> rig.listen(open));
        var phone = connect();
        phone.send(RelayRig.setup(CALL));
        assertThat(phone.hears().getString("token")).isEqualTo("At once");
    }

    @Test
    void keepsTheOrderOfWhatComesWhileTheCallIsOpened() {
        var up = Promise.<Void>promise();
        var asked = Promise.<Void>promise();
        rig.supervisor = open -> {
            asked.complete();
            return up.future().compose(go -> rig.listen(open));
        };
        var phone = connect();
        phone.send(RelayRig.setup(CALL));
        for (int i = 0; i < 50; i++) {
            phone.send("{\"type\":\"dtmf\",\"digit\":\"" + i % 10 + "\"}");
        }
        RelayRig.done(asked.future());
        up.complete();
        for (int i = 0; i < 50; i++) {
            assertThat(rig.next()).isEqualTo(new CallProtocol.Dtmf(String.valueOf(i % 10)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void takesAHandshakeWithOrWithoutASlashAtItsEnd(String slash) {
        var path = TestTwilio.socketPath(rig.ring(CALL));
        var signature = TestTwilio.signSocket(path + "/");
        RelayRig.done(rig.connect(path + slash, signature));
    }

    @Test
    void s2_refusesAHandshakeWithoutAKnownToken() {
        assertRefused(rig.connect("/conversation-relay/" + "x".repeat(43)), 404);
        assertRefused(rig.connect("/conversation-relay/"), 404);
        assertRefused(rig.connect("/conversation-relay"), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void s2_refusesAHandshakeWithoutItsSignature(String signature) {
        var path = TestTwilio.socketPath(rig.ring(CALL));
        assertRefused(rig.connect(path, signature), 403);
        assertRefused(rig.connect(path, TestTwilio.sign("https://voice.example.com" + path)), 403);
        RelayRig.done(rig.connect(path)); // and leaves the ticket good
    }

    @Test
    void s14_refusesASecondConnection() {
        var path = TestTwilio.socketPath(rig.ring(CALL));
        var phone = rig.phone(path);
        assertRefused(rig.connect(path), 409);
        phone.send(RelayRig.setup(CALL));
        phone.send(PROMPT);
        assertThat(rig.next()).isInstanceOf(CallProtocol.Prompt.class);
        assertRefused(rig.connect(path), 409);
        phone.send(PROMPT);
        assertThat(rig.next()).isInstanceOf(CallProtocol.Prompt.class);
        assertThat(rig.opens).hasSize(1);
    }

    @Test
    void s14_refusesASecondConnectionAtAnotherServerOfTheNode() {
        var other = rig.serve(rig.newChannel(TestTwilio.settings(null, null), RelayTimes.STANDARD));
        var path = TestTwilio.socketPath(rig.ring(CALL));
        RelayRig.done(rig.connect(other.actualPort(), path, TestTwilio.signSocket(path)));
        assertRefused(rig.connect(path), 409);
        assertThat(rig.channel.holdings().isEmpty()).isTrue();
    }

    @Test
    void s14_refusesALateConnection() {
        var path = TestTwilio.socketPath(rig.ring(CALL));
        rig.advance(Duration.ofSeconds(61));
        assertRefused(rig.connect(path), 404);
    }

    @Test
    void s14_refusesAHandshakeThatIsReplayedAfterTheCall() {
        var path = TestTwilio.socketPath(rig.ring(CALL));
        var phone = rig.phone(path);
        RelayRig.done(phone.socket.close());
        phone.closeCode();
        assertNothingIsLeft();
        assertRefused(rig.connect(path), 404);
    }

    @Test
    void s14_aForeignCallSidTakesNothingOver() {
        var victim = rig.call(CALL);
        var other = callSid(2);
        var thief = rig.phone(TestTwilio.socketPath(rig.ring(other)));
        thief.send(RelayRig.setup(CALL));
        assertThat(thief.closeCode()).isEqualTo(1008);
        victim.send(PROMPT);
        assertThat(rig.next()).isInstanceOf(CallProtocol.Prompt.class);
        rig.tell(CALL, new CallProtocol.Text("still yours", true));
        assertThat(victim.hears().getString("token")).isEqualTo("still yours");
        assertThat(rig.opens).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PROMPT,
                "{\"type\":\"foo\"}",
                "nonsense",
                "{\"type\":\"setup\"}",
                "{\"type\":\"setup\",\"callSid\":\"\"}",
                "{\"type\":\"setup\",\"callSid\":5}",
            })
    void s2_refusesAFirstFrameThatIsNotSetup(String frame) {
        var phone = connect();
        phone.send(frame);
        assertThat(phone.closeCode()).isEqualTo(1008);
        assertThat(rig.opens).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void refusesASocketThatDoesNotSetUpInTime() {
        restart(QUICK_SETUP);
        assertThat(connect().closeCode()).isEqualTo(1008);
        assertNothingIsLeft();
    }

    @Test
    void c27_aSecondSetupHasNoEffect() {
        var phone = rig.call(CALL);
        phone.send(RelayRig.setup(CALL));
        phone.send(RelayRig.setup(callSid(2)));
        phone.send(PROMPT);
        assertThat(rig.next()).isInstanceOf(CallProtocol.Prompt.class);
        assertThat(rig.opens).hasSize(1);
        assertThat(rig.channel.holdings().malformed()).isEqualTo(2);
        assertThat(rig.channel.holdings().listeners()).isEqualTo(1);
    }

    @Test
    void closesWhenTheCallCannotBeOpened() {
        rig.supervisor = open -> Future.failedFuture(new BusException(Failure.BUSY, "draining"));
        var phone = connect();
        phone.send(RelayRig.setup(CALL));
        phone.send(PROMPT);
        assertThat(phone.closeCode()).isEqualTo(1013);
        assertNothingIsLeft();
        assertThat(rig.told).isEmpty();
    }

    @Test
    void tellsACallThatOpensTooLateThatNobodyIsThere() {
        var up = Promise.<Void>promise();
        var asked = Promise.<Void>promise();
        rig.supervisor = open -> {
            asked.complete();
            return up.future().compose(go -> rig.listen(open));
        };
        var phone = connect();
        phone.send(RelayRig.setup(CALL));
        RelayRig.done(asked.future());
        RelayRig.done(phone.socket.close());
        up.complete();
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
        assertNothingIsLeft();
    }

    @Test
    void closesWhenTheCallIsGone() {
        var phone = rig.call(CALL);
        RelayRig.done(rig.hangUp(CALL));
        phone.send(PROMPT);
        assertThat(phone.closeCode()).isEqualTo(1011);
        assertNothingIsLeft();
    }

    @Test
    void oneDeadCallHurtsNoOther() {
        var dead = rig.call(CALL);
        var alive = rig.call(callSid(2));
        RelayRig.done(rig.hangUp(CALL));
        dead.send(PROMPT);
        assertThat(dead.closeCode()).isEqualTo(1011);
        alive.send(PROMPT);
        assertThat(rig.next()).isInstanceOf(CallProtocol.Prompt.class);
    }

    @Test
    void c15_writesNothingAfterEnd() {
        var phone = rig.call(CALL);
        var channel = CallBus.channel(CALL);
        var handoff = new Handoff("live-agent-handoff", "asked", Map.of("callSummary", "laptop"));
        var sent = rig.onLoop(() -> {
            channel.send(rig.vertx, new CallProtocol.Text("Bye", true));
            channel.send(rig.vertx, new CallProtocol.End(handoff));
            channel.send(rig.vertx, new CallProtocol.Text("too late", true));
            return channel.send(rig.vertx, new CallProtocol.End(handoff));
        });
        RelayRig.done(sent);
        assertThat(phone.hears().getString("token")).isEqualTo("Bye");
        var end = phone.hears();
        assertThat(end.getString("type")).isEqualTo("end");
        assertThat(new JsonObject(end.getString("handoffData")).getMap()).isEqualTo(handoff.members());
        phone.send(PROMPT);
        RelayRig.done(phone.socket.close());
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
        assertThat(phone.heard).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void aCallThatIsGoneRightAfterItsEndIsNoFailure() {
        var phone = rig.call(CALL);
        var ended = rig.onLoop(() -> {
            CallBus.channel(CALL).send(rig.vertx, new CallProtocol.End(new Handoff("end-call", "done")));
            return rig.hangUp(CALL);
        });
        phone.send(PROMPT);
        RelayRig.done(ended);
        phone.send(PROMPT);
        assertThat(phone.hears().getString("type")).isEqualTo("end");
        RelayRig.done(phone.socket.close());
        assertThat(phone.closeCode()).isEqualTo(1000);
        assertNothingIsLeft();
    }

    @Test
    void closesTheSocketItselfWhenTwilioDoesNotAfterEnd() {
        restart(new RelayTimes(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMillis(100)));
        var phone = rig.call(CALL);
        rig.tell(CALL, new CallProtocol.End(new Handoff("end-call", "done")));
        assertThat(phone.closeCode()).isEqualTo(1000);
        assertNothingIsLeft();
    }

    @Test
    void refusesMessagesThatAreTooLarge() {
        var phone = rig.call(CALL);
        phone.socket.writeFrame(WebSocketFrame.textFrame("x".repeat(40_000), false));
        phone.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(40_000)), true));
        assertThat(phone.closeCode()).isEqualTo(1009);
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
        assertNothingIsLeft();
    }

    @Test
    void refusesFramesThatAreTooLarge() {
        var phone = rig.call(CALL);
        phone.socket.writeFrame(WebSocketFrame.textFrame("x".repeat(65_537), true));
        assertThat(phone.closeCode()).isEqualTo(1009);
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
        assertNothingIsLeft();
    }

    @Test
    void takesAMessageInPieces() {
        var phone = rig.call(CALL);
        var bytes = Buffer.buffer("{\"type\":\"prompt\",\"voicePrompt\":\"für mich\",\"last\":true}");
        phone.socket.writeFrame(WebSocketFrame.textFrame("{\"type\":\"pr", false));
        phone.socket.writeFrame(WebSocketFrame.continuationFrame(bytes.slice(11, 33), false)); // within the ü
        phone.socket.writePing(Buffer.buffer("between"));
        phone.socket.writeFrame(WebSocketFrame.continuationFrame(bytes.slice(33, bytes.length()), true));
        assertThat(rig.next()).isEqualTo(new CallProtocol.Prompt("für mich", "", true));
    }

    @Test
    void refusesBinaryFrames() {
        var phone = rig.call(CALL);
        phone.sendBinary(new byte[] {1, 2, 3});
        assertThat(phone.closeCode()).isEqualTo(1003);
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
    }

    @Test
    void toleratesMalformedFramesUntilThereAreAHundredInARow() {
        var phone = rig.call(CALL);
        for (int i = 0; i < 99; i++) {
            phone.send(i % 2 == 0 ? "nonsense" : "{\"type\":\"dtmf\"}");
        }
        phone.send("{\"type\":\"unknown\"}");
        for (int i = 0; i < 99; i++) {
            phone.send("[]");
        }
        phone.send(PROMPT);
        assertThat(rig.next()).isInstanceOf(CallProtocol.Prompt.class);
        assertThat(rig.channel.holdings().malformed()).isEqualTo(198);
        assertThat(rig.channel.holdings().unknown()).isEqualTo(1);
        assertThat(phone.heard).isEmpty();
        for (int i = 0; i < 100; i++) {
            phone.send("{}");
        }
        assertThat(phone.closeCode()).isEqualTo(1008);
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
        assertNothingIsLeft();
    }

    @Test
    void keepsASocketThatAnswersPings() {
        restart(new RelayTimes(Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofSeconds(5)));
        var phone = rig.call(CALL);
        var pings = Promise.<Void>promise();
        var seen = new int[1];
        phone.socket.frameHandler(frame -> {
            if (frame.isPing() && ++seen[0] == 6) {
                pings.tryComplete();
            }
        });
        RelayRig.done(pings.future());
        phone.send(PROMPT);
        assertThat(rig.next()).isInstanceOf(CallProtocol.Prompt.class);
    }

    @Test
    void closesASocketThatDoesNotAnswerPings() {
        restart(QUICK);
        var path = TestTwilio.socketPath(rig.ring(CALL));
        var received = Buffer.buffer();
        var setup = RelayRig.setup(CALL).getBytes(StandardCharsets.UTF_8);
        RelayRig.done(rig.onLoop(() -> rig.vertx
                .createNetClient()
                .connect(rig.server.actualPort(), "127.0.0.1")
                .compose(socket -> {
                    socket.handler(bytes -> {
                        if (received.length() == 0) { // the upgrade is done
                            socket.write(Buffer.buffer()
                                    .appendByte((byte) 0x81)
                                    .appendByte((byte) (0x80 | 126))
                                    .appendUnsignedShort(setup.length)
                                    .appendInt(0)
                                    .appendBytes(setup));
                        }
                        received.appendBuffer(bytes);
                    });
                    return socket.write("GET " + path + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Version: 13\r\nX-Twilio-Signature: " + TestTwilio.signSocket(path)
                            + "\r\n\r\n");
                })));
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
        assertNothingIsHeldButSockets();
        RelayRig.done(
                rig.until(() -> received.toString(StandardCharsets.ISO_8859_1).contains("no pong")));
    }

    @Test
    void aFailedUpgradeLeavesNothing() {
        var path = TestTwilio.socketPath(rig.ring(CALL));
        var headers = Map.of("upgrade", "websocket", "X-Twilio-Signature", TestTwilio.signSocket(path));
        assertThat(rig.send(HttpMethod.GET, path, headers, "").status()).isEqualTo(400);
        assertNothingIsLeft();
    }

    @Test
    void aServerThatStopsWaitsForItsCallsOnly() throws Exception {
        var idle = rig.phone(TestTwilio.socketPath(rig.ring(callSid(2))));
        var phone = rig.call(CALL);
        var stopped = rig.server.shutdown(30, SECONDS);
        assertThat(idle.closeCode()).isEqualTo(1001);
        phone.send(PROMPT);
        assertThat(rig.next()).isInstanceOf(CallProtocol.Prompt.class);
        assertThat(stopped.isComplete()).isFalse();
        rig.tell(CALL, new CallProtocol.End(new Handoff(Handoff.NODE_STOPPING, "The server is stopping")));
        assertThat(phone.hears().getString("type")).isEqualTo("end");
        RelayRig.done(phone.socket.close());
        stopped.await(5, SECONDS);
        assertNothingIsLeft();
    }

    private RelayRig.Phone connect() {
        return rig.phone(TestTwilio.socketPath(rig.ring(CALL)));
    }

    private void restart(RelayTimes times) {
        rig.close();
        rig = new RelayRig(TestTwilio.settings(null, null), times);
    }

    /** Waits for it: the socket's own closing comes after the last that its client hears. */
    private void assertNothingIsLeft() {
        RelayRig.done(rig.until(() -> rig.channel.holdings().isEmpty() && rig.tickets.count() == 0));
    }

    private void assertNothingIsHeldButSockets() {
        var held = rig.channel.holdings();
        assertThat(new int[] {held.listeners(), held.timers(), held.openings(), rig.tickets.count()})
                .containsOnly(0);
    }

    private static void assertRefused(Future<?> connected, int status) {
        assertThatThrownBy(() -> connected.await(5, SECONDS))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isEqualTo(status));
    }
}
