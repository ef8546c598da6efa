package dev.callbus.channel.relay;

import static dev.callbus.channel.relay.TestTwilio.callSid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.call.CallProtocol;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayGatewayTest {
    private static final String CALL = callSid(1);

    private final RelayRig rig = new RelayRig();

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

        phone.send("{\"type\":\"prompt\",\"voicePrompt\":\"My laptop is broken\",\"lang\":\"en-US\",\"last\":true}");
        assertThat(rig.next()).isEqualTo(new CallProtocol.Prompt("My laptop is broken", "en-US", true));
        rig.tell(CALL, new CallProtocol.Text("Oh ", false));
        rig.tell(CALL, new CallProtocol.Text("", true));
        assertThat(phone.hears().getMap()).isEqualTo(Map.of("type", "text", "token", "Oh ", "last", false));
        assertThat(phone.hears().getMap()).isEqualTo(Map.of("type", "text", "token", "", "last", true));

        RelayRig.done(phone.socket.close());
        assertThat(rig.next()).isInstanceOf(CallProtocol.ChannelLost.class);
        assertThat(rig.tickets.count()).isZero();
    }
}
