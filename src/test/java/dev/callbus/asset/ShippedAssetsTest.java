package dev.callbus.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.AssetSettings.Overrides;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ToolSettings;
import dev.callbus.tool.ToolRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The assets that ship. */
class ShippedAssetsTest {
    private static final SilenceSettings OTHERWISE = new SilenceSettings(false, Duration.ofSeconds(1), List.of());

    private final Vertx vertx = Vertx.vertx();
    private final AgentBook book = AgentBook.first(
            new AssetDirectory(Path.of("assets")).read(), new AgentRules(Overrides.NONE, OTHERWISE, tools()));
    private final AgentProfile profile = book.choose("", Map.of());

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void areInOrder() {
        assertThat(book.faults()).isEmpty();
        assertThat(book.warnings()).isEmpty();
    }

    @Test
    void greetAsTheHelpDesk() {
        assertThat(profile.relay().welcomeGreeting()).isEqualTo("Hello, this is the IT help desk. How can I help you?");
        assertThat(profile.relay().attributes())
                .containsEntry("language", "en-US")
                .containsEntry("interruptible", "any")
                .containsEntry("dtmfDetection", "true")
                .containsEntry("reportInputDuringAgentSpeech", "dtmf")
                .containsEntry("events", "speaker-events tokens-played")
                .doesNotContainKeys("hints", "languages", "parameters");
        assertThat(profile.relay().codes()).containsExactly("en-US", "es-ES");
    }

    @Test
    void remindASilentCallerTwice() {
        assertThat(profile.silence())
                .isEqualTo(new SilenceSettings(
                        true, Duration.ofSeconds(20), List.of("Still there?", "Just checking you are still there?")));
    }

    @Test
    void nameToolsThatThisServerHas() {
        assertThat(profile.manifest().names())
                .startsWith("lookup-customer", "send-verification", "check-verification")
                .contains("create-servicenow-ticket", "update-servicenow-ticket", "end-call", "live-agent-handoff");
    }

    @Test
    void instructTheModelInWords() {
        assertThat(profile.context().text()).contains("IT help desk").hasSizeLessThan(16_384);
    }

    private Set<String> tools() {
        var settings = new ToolSettings(new ToolSettings.Sms(null, List.of(), 1, 1), Set.of());
        return Set.copyOf(ToolRegistry.standard(vertx, settings).names());
    }
}
