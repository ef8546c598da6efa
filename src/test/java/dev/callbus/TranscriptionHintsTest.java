package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.asset.FileSource;
import dev.callbus.config.ConfigLoader;
import dev.callbus.sandbox.twilio.PhoneEvent;
import dev.callbus.scenario.simulation.NodeStarter;
import dev.callbus.scenario.simulation.SimulatedServiceNow;
import dev.callbus.scenario.simulation.SimulatedWorld;
import dev.callbus.scenario.simulation.Simulation;
import dev.callbus.tool.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What Twilio is told that callers are likely to say. */
class TranscriptionHintsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void theWordsOfMenusAreHintsWhereTheDialogAnswers() throws Exception {
        assertThat(twiml("llm: {provider: dialog, dialog.flow: voice-desk}"))
                .containsPattern("hints=\"[^\"]*\\blow\\b[^\"]*\\bmedium\\b[^\"]*\\bhigh\\b");
    }

    @Test
    void theyAreNoneWhereAModelAnswers() throws Exception {
        assertThat(twiml("llm: {provider: sandbox, dialog.flow: voice-desk}"))
                .contains("<ConversationRelay")
                .doesNotContain("medium");
    }

    /** What a server with this configuration answers Twilio when a call comes. */
    private static String twiml(String settings) throws Exception {
        var answers = new ArrayList<String>();
        var server = new ScenarioServer();
        NodeStarter starter = (vertx, config, assets) ->
                server.start(vertx, config, Map.of(), assets, UnaryOperator.<Tool<?>>identity());
        try (var simulation = Simulation.begin()) {
            var serviceNow = new SimulatedServiceNow(simulation.vertx());
            var config = ConfigLoader.parse("the test", settings, Map.of(), Path.of(""));
            try (var world = SimulatedWorld.start(
                    simulation, serviceNow, config, vertx -> new FileSource(vertx, Path.of("assets")), starter)) {
                var call = world.dial("+15550001111", event -> {
                    if (event instanceof PhoneEvent.WebhookAnswered answer) {
                        answers.add(answer.body());
                    }
                });
                simulation.await(call, MINUTE);
            }
            simulation.await(serviceNow.close(), MINUTE);
        }
        return answers.getFirst();
    }
}
