package dev.callbus.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RelayFrameTest {
    @Test
    void readsWordsInAnyOrderAndSkipsWhatItDoesNotKnow() throws IOException {
        var frame = Buffer.buffer(
                "{\"last\": true, \"x\":{\"type\":\"y\"}, \"token\":\"gr\\u00fcn \\\"last\\\":false\", \"type\":\"text\"}");

        assertThat(RelayFrame.read(frame)).isEqualTo(new RelayFrame("text", "grün \"last\":false", true));
    }

    @Test
    void isNotLastUnlessItSaysSo() throws IOException {
        assertThat(RelayFrame.read(Buffer.buffer("{\"type\":\"text\",\"token\":\"a\"}")))
                .isEqualTo(new RelayFrame("text", "a", false));
    }

    @Test
    void refusesWhatIsNoJsonObject() {
        assertThatThrownBy(() -> RelayFrame.read(Buffer.buffer("[1]"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RelayFrame.read(Buffer.buffer("{\"type\":"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RelayFrame.read(Buffer.buffer(""))).isInstanceOf(IOException.class);
    }
}
