package dev.callbus.tool;

import com.google.auto.service.AutoService;
import io.vertx.core.Future;
import java.util.Map;

/** {@code set-silence-detection}: asks after a silent caller, or leaves him in peace. */
@AutoService(AnyTool.class)
public final class SetSilenceDetection implements Tool<SetSilenceDetection.Arguments> {

    /** What the model gives. */
    public record Arguments(
            @Argument("True to ask after a caller who says nothing, false to wait for as long as it takes.")
            Boolean enabled) {}

    @Override
    public String name() {
        return "set-silence-detection";
    }

    @Override
    public String description() {
        return "Switches silence detection. Turn it off when the caller needs time, for instance to look something up, and"
                + " on again afterwards.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        var message = arguments.enabled()
                ? "Silence detection enabled (will monitor for silence and send reminders)"
                : "Silence detection disabled (no silence monitoring)";
        return Future.succeededFuture(ToolOutcome.done(
                message,
                Map.of("silenceDetectionEnabled", arguments.enabled()),
                new ToolOutcome.SilenceDetection(arguments.enabled())));
    }
}
