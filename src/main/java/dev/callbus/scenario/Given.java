package dev.callbus.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the world is before the call.
 *
 * @param from the caller's number
 * @param to the number that is called
 * @param agent which agent answers
 * @param config YAML of what the configuration says besides its built-in values; empty for nothing
 * @param rows records that ServiceNow has besides its seed
 * @param tools what tools do in place of their work, each for the whole call
 * @param chaos what is broken already when the call comes
 */
public record Given(
        String from,
        String to,
        Agent agent,
        String config,
        Model model,
        List<Row> rows,
        List<Stubbed> tools,
        List<Step.Chaos> chaos) {
    /** The seed's customer Alex calls the sandbox's number. */
    public static final Given NOTHING = new Given(
            "+15550001111", "+15550002222", Agent.CONFIGURED, "", Model.CONFIGURED, List.of(), List.of(), List.of());

    public Given {
        rows = List.copyOf(rows);
        tools = List.copyOf(tools);
        chaos = List.copyOf(chaos);
    }

    /**
     * Which agent answers; null is what the assets say.
     *
     * @param assets the directory of the assets
     * @param context the key of the context
     * @param manifest the key of the tool manifest
     * @param greeting what the caller hears first
     * @param flow the flow that the dialog model follows
     * @param options what the options of this flow are in place of what its file says
     * @param silence of the caller before each reminder
     */
    public record Agent(
            @Nullable String assets,
            @Nullable String context,
            @Nullable String manifest,
            @Nullable String greeting,
            @Nullable String flow,
            Map<String, String> options,
            @Nullable Duration silence) {
        public static final Agent CONFIGURED = new Agent(null, null, null, null, null, Map.of(), null);

        public Agent {
            options = Map.copyOf(options);
        }
    }

    /**
     * What answers.
     *
     * @param script the text of a script for the sandbox's model server, or null for the model that answers without a key
     * @param diesAfterTurn after so many of the caller's turns the first model is gone, or null if it lives
     */
    public record Model(@Nullable String script, @Nullable Integer diesAfterTurn) {
        public static final Model CONFIGURED = new Model(null, null);
    }

    /** A record in ServiceNow. */
    public record Row(String table, Map<String, String> fields) {
        public Row {
            fields = Map.copyOf(fields);
        }
    }

    /** What one tool does in place of its work. */
    public record Stubbed(String tool, ToolStub stub) {}
}
