package dev.callbus.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelaySettingsTest {

    @Test
    void wordsThatAreExpectedFollowTheConfiguredHints() {
        var settings = new RelaySettings(Map.of("hints", "VPN, low", "language", "en-US"), List.of(), Map.of());
        assertThat(settings.expecting(List.of("low", "high")).attributes())
                .containsEntry("hints", "VPN,low,high")
                .containsEntry("language", "en-US");
    }

    @Test
    void withoutAnyThereIsNoSuchAttribute() {
        var settings = new RelaySettings(Map.of(), List.of(), Map.of());
        assertThat(settings.expecting(List.of())).isEqualTo(settings);
        assertThat(settings.expecting(List.of("high")).attributes()).containsEntry("hints", "high");
    }
}
