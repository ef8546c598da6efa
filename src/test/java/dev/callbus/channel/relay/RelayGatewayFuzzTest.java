package dev.callbus.channel.relay;

import static dev.callbus.channel.relay.TestTwilio.callSid;
import static dev.callbus.channel.relay.TestTwilio.socketPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.call.CallProtocol;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RelayGatewayFuzzTest {
    private static final long SEED = 20_261_121;
    private static final int CONNECTIONS = 400;
    private static final int AT_ONCE = 40;
    private static final int FRAMES = 250;
    private static final List<String> VALID = List.of(
            "{\"type\":\"prompt\",\"voicePrompt\":\"What is my balance?\",\"lang\":\"en-US\",\"last\":true}",
            "{\"type\":\"prompt\",\"voicePrompt\":\"What is\",\"lang\":\"en-US\",\"last\":false}",
            "{\"type\":\"interrupt\",\"utteranceUntilInterrupt\":\"Your\",\"durationUntilInterruptMs\":460}",
            "{\"type\":\"dtmf\",\"digit\":\"5\"}",
            "{\"type\":\"info\",\"name\":\"agentSpeaking\",\"value\":\"on\"}",
            "{\"type\":\"error\",\"description\":\"Invalid message received, code: 64107\"}",
            RelayRig.setup(callSid(7)));

    private final RelayRig rig = new RelayRig();
    private final Random random = new Random(SEED);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @Timeout(20)
    void holdsNothingAfterAHundredThousandFramesOfNonsense() {
        for (int first = 0; first < CONNECTIONS; first += AT_ONCE) {
            var phones = new ArrayList<RelayRig.Phone>();
            for (int call = first; call < first + AT_ONCE; call++) {
                var phone = rig.phone(socketPath(rig.ring(callSid(call))));
                if (call % 20 != 0) { // the others never set up
                    phone.send(RelayRig.setup(callSid(call)));
                }
                phones.add(phone);
            }
            for (int frame = 0; frame < FRAMES; frame++) {
                phones.forEach(phone -> phone.send(frame()));
            }
            for (var phone : phones) {
                phone.send("{\"type\":\"info\",\"name\":\"last\"}");
            }
            int speaking = AT_ONCE - AT_ONCE / 20;
            awaitLasts(speaking);
            assertThat(rig.channel.holdings().sockets()).isLessThanOrEqualTo(AT_ONCE);
            assertThat(rig.channel.holdings().listeners()).isEqualTo(speaking);
            phones.forEach(phone -> phone.socket.close());
        }

        RelayRig.done(rig.until(() -> rig.channel.holdings().isEmpty() && rig.tickets.count() == 0));
        var seen = rig.channel.holdings();
        assertThat(seen.malformed() + seen.unknown()).isGreaterThan(CONNECTIONS * FRAMES / 3);
        assertThat(rig.opens).hasSize(CONNECTIONS - CONNECTIONS / 20);
        assertServesAGoodCall();
    }

    private void awaitLasts(int expected) {
        for (int lasts = 0; lasts < expected; ) {
            if (rig.next().equals(new CallProtocol.Info("last", ""))) {
                lasts++;
            }
        }
    }

    private void assertServesAGoodCall() {
        rig.told.clear();
        var phone = rig.call(callSid(CONNECTIONS));
        phone.send(VALID.getFirst());
        assertThat(rig.next()).isEqualTo(new CallProtocol.Prompt("What is my balance?", "en-US", true));
        rig.tell(callSid(CONNECTIONS), new CallProtocol.Text("Ten dollars", true));
        assertThat(phone.hears().getString("token")).isEqualTo("Ten dollars");
    }

    private String frame() {
        return switch (random.nextInt(8)) {
            case 0 -> VALID.get(random.nextInt(VALID.size()));
            case 1 -> noise(random.nextInt(200));
            case 2 -> cut(VALID.get(random.nextInt(VALID.size())));
            case 3, 4 -> mutated(VALID.get(random.nextInt(VALID.size())));
            case 5 -> json(0).toString();
            case 6 -> "{\"type\":\"interrupt\",\"durationUntilInterruptMs\":" + number() + "}";
            default -> nested();
        };
    }

    private String noise(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(random.nextInt(10) == 0 ? 0x10000 : 256));
        }
        return text.toString();
    }

    private String cut(String frame) {
        return frame.substring(0, random.nextInt(frame.length()));
    }

    private String mutated(String frame) {
        var text = new StringBuilder(frame);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.insert(at, noise(1 + random.nextInt(3)));
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    private JsonObject json(int depth) {
        var object = new JsonObject();
        var names =
                List.of("type", "voicePrompt", "last", "digit", "name", "value", "callSid", "customParameters", "x");
        for (int i = random.nextInt(6); i > 0; i--) {
            var name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(6)) {
                case 0 -> object.put(name, random.nextLong());
                case 1 -> object.put(name, random.nextBoolean());
                case 2 -> object.putNull(name);
                case 3 -> object.put(name, depth < 4 ? json(depth + 1) : noise(3));
                case 4 ->
                    object.put(name, List.of("setup", "prompt", "dtmf", "info").get(random.nextInt(4)));
                default -> object.put(name, noise(random.nextInt(20)));
            }
        }
        return object;
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> "9".repeat(1 + random.nextInt(2000));
            case 1 -> "-" + "1".repeat(1 + random.nextInt(40));
            case 2 -> random.nextInt() + "e" + random.nextInt(1_000_000);
            default -> "0." + "3".repeat(1 + random.nextInt(300));
        };
    }

    private String nested() {
        int depth = 1 + random.nextInt(random.nextInt(50) == 0 ? 20_000 : 60);
        return "{\"type\":\"x\",\"a\":" + "[".repeat(depth) + "]".repeat(random.nextInt(2) * depth) + "}";
    }
}
