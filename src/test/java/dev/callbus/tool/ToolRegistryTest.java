package dev.callbus.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.asset.ToolManifest;
import dev.callbus.config.ToolSettings;
import dev.callbus.llm.ToolCall;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolRegistryTest {
    private static final CallFacts FACTS = new CallFacts("CA1", "+1", "+2", "inbound", List.of(), Map.of());
    private static final ToolRegistry TOOLS = new ToolRegistry(
            List.of(new EndCall(), new Failing("throws"), new Failing("fails")),
            new ToolServices(Vertx.vertx(), new ToolSettings(new ToolSettings.Sms(null, List.of(), 1, 1), Set.of())));

    @Test
    void theSchemaIsMadeFromTheArguments() throws Exception {
        var spec =
                TOOLS.specs(ToolManifest.of("test", List.of("end-call")), true).getFirst();
        assertThat(new ObjectMapper().readTree(spec.schema())).isEqualTo(new ObjectMapper().readTree("""
                                        {"type":"object",
                                         "properties":{"conversationSummary":{"type":"string",
                                           "description":"What the call was about and how it ended, in one or two sentences."}},
                                         "required":["conversationSummary"],"additionalProperties":false}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"conversationSummary\":\"Done.\"}",
                "{\"summary\":\"Done.\"}",
                "{\"callSummary\":\"Done.\",\"more\":1}"
            })
    void c13_endCallKeepsItsSummaryUnderEveryNameThatWasUsed(String arguments) {
        var outcome = run("end-call", arguments);
        assertThat(outcome.actions())
                .containsExactly(
                        new ToolOutcome.EndCall("end-call", "Ending the call", Map.of("conversationSummary", "Done.")));
        assertThat(outcome.content()).contains("\"success\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "end-call | {}                              | Missing arguments: conversationSummary",
                "end-call | {\"conversationSummary\":null}  | Missing arguments: conversationSummary",
                "end-call | {\"conversationSummary\":{}}    | The arguments are not valid",
                "end-call | {\"conversationSummary\":       | The arguments are not valid",
                "end-call | []                              | The arguments must be a JSON object",
                "nothing  | {}                              | There is no tool nothing. The tools are: end-call",
                "throws   | {}                              | The tool failed",
                "fails    | {}                              | The tool failed",
            })
    void c9_whateverGoesWrongIsAResultForTheModel(String tool, String arguments, String message) {
        var outcome = run(tool, arguments);
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.actions()).isEmpty();
        assertThat(outcome.content()).contains(message);
    }

    @Test
    void aToolThatTheCallDoesNotHaveIsRefused() {
        var outcome = TOOLS.run(new ToolCall("1", "end-call", "{\"summary\":\"x\"}", null), List.of(), FACTS)
                .result();
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.actions()).isEmpty();
    }

    @Test
    void anUnknownToolInAManifestIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> TOOLS.specs(ToolManifest.of("test", List.of("end-cal")), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("end-cal;")
                .hasMessageContaining("end-call");
    }

    private static ToolOutcome run(String tool, String arguments) {
        return TOOLS.run(new ToolCall("1", tool, arguments, null), List.of("end-call", "throws", "fails"), FACTS)
                .result();
    }

    /** A tool that goes wrong in the way its name says. */
    private record Failing(String name) implements Tool<Failing.Arguments> {
        record Arguments() {}

        @Override
        public String description() {
            return "";
        }

        @Override
        public Class<Arguments> arguments() {
            return Arguments.class;
        }

        @Override
        public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
            if (name.equals("throws")) {
                throw new IllegalStateException("broken");
            }
            return Future.failedFuture("broken");
        }
    }
}
