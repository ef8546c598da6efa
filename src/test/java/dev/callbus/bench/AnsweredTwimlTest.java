package dev.callbus.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AnsweredTwimlTest {
    @Test
    void readsRelayActionAndParameters() {
        var twiml = AnsweredTwiml.parse("""
                <?xml version="1.0"?><Response><Connect method="POST" action="https://b.example/action?a=1&amp;b=2">
                <ConversationRelay welcomeGreeting="Hi" url="wss://b.example/conversation-relay/tok">
                <Parameter name="tenant" value="t&quot;1"/><Parameter value="2" name="second"/>
                </ConversationRelay></Connect></Response>""");

        assertThat(twiml)
                .isEqualTo(new AnsweredTwiml(
                        "wss://b.example/conversation-relay/tok",
                        "https://b.example/action?a=1&b=2",
                        Map.of("tenant", "t\"1", "second", "2")));
    }

    @Test
    void hasNoActionWhereConnectHasNone() {
        var twiml =
                AnsweredTwiml.parse("<Response><Connect><ConversationRelay url=\"wss://x/y\"/></Connect></Response>");

        assertThat(twiml.action()).isNull();
    }

    @Test
    void refusesTwimlWithoutRelay() {
        assertThatThrownBy(() -> AnsweredTwiml.parse("<Response><Hangup/></Response>"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
