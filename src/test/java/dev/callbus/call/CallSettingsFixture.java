package dev.callbus.call;

import dev.callbus.asset.AgentContext;
import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.RelaySettings;
import dev.callbus.asset.ToolManifest;
import dev.callbus.config.CallSettings;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ToolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                Duration.ofSeconds(2),
                14);
    }

    /** A call that this agent answers. */
    static SupervisorProtocol.Open opening() {
        return new SupervisorProtocol.Open(setup(), profile());
    }

    static ToolSettings tools() {
        return new ToolSettings(new ToolSettings.Sms(null, List.of(), 3, 10), Set.of("media.example.com"));
    }

    static AgentProfile profile() {
        return new AgentProfile(
                new AgentContext("test", "Be helpful."),
                ToolManifest.of("tools", List.of("end-call", "a", "b", "c")),
                new RelaySettings(Map.of(), List.of(), Map.of()),
                settings().silence(),
                false);
    }

    static CallProtocol.Setup setup() {
        return new CallProtocol.Setup(
                "CA00000000000000000000000000000001",
                "VX1",
                "+15550001111",
                "+15550002222",
                "inbound",
                "RINGING",
                Map.of());
    }
}
