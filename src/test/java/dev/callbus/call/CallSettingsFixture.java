package dev.callbus.call;

import dev.callbus.config.CallSettings;
import dev.callbus.config.CallSettings.SilenceSettings;
import java.time.Duration;
import java.util.List;

/** Settings as a node has them by default, for tests. */
final class CallSettingsFixture {
    static final String APOLOGY = "Sorry, something went wrong.";
    static final String LOST_THREAD = "Sorry, I lost my thread.";
    static final String HANDOFF = "Let me hand you over.";
    static final String FAREWELL = "Goodbye.";
    static final String FILLER = "One moment.";

    private CallSettingsFixture() {}

    static CallSettings settings() {
        return settings(new SilenceSettings(true, Duration.ofSeconds(20), List.of("Still there?", "Just checking?")));
    }

    static CallSettings settings(SilenceSettings silence) {
        return new CallSettings(
                silence,
                Duration.ofMillis(1500),
                List.of(FILLER, "Let me see."),
                Duration.ofSeconds(20),
                APOLOGY,
                LOST_THREAD,
                HANDOFF,
                3,
                FAREWELL,
                "Goodbye from the node.",
                3,
                Duration.ofSeconds(8),
                4000,
                14);
    }

    static CallProtocol.Setup setup() {
        return new CallProtocol.Setup(
                "CA00000000000000000000000000000001",
                "VX1",
                "+15550001111",
                "+15550002222",
                "inbound",
                "RINGING",
                java.util.Map.of());
    }
}
