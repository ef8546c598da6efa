package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.CallbusConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortInUseTest {

    @Test
    void c26_theNextPortIsTakenInDevelopmentOnly() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = config(taken.getLocalPort());
            assertThatThrownBy(() -> PortSearch.startHere(config))
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is in use")
                    .hasMessageContaining("--dev");
            var server = PortSearch.start(config);
            try {
                assertThat(server.port()).isGreaterThan(taken.getLocalPort());
            } finally {
                server.stop();
            }
        }
    }

    private static CallbusConfig config(int port) throws IOException {
        var silence = new SilenceSettings(false, Duration.ofSeconds(1), List.of());
        var config = TestNode.config(List.of(URI.create("http://127.0.0.1:9/v1")), silence);
        return config.withServer(config.server().at(port));
    }
}
