package dev.callbus.tool;

import com.google.auto.service.AutoService;
import io.vertx.core.Future;
import java.util.Map;

/** {@code set-listen-mode}: makes the agent say nothing and only use its tools, or speak again. */
@AutoService(AnyTool.class)
public final class SetListenMode implements Tool<SetListenMode.Arguments> {

    /** What the model gives. */
    public record Arguments(
            @Argument("True to only listen and use tools, false to speak again.")
            Boolean enabled) {}

    @Override
    public String name() {
        return "set-listen-mode";
    }

    @Override
    public String description() {
        return "Switches listen mode. While it is on nothing that you write is spoken, and only your tools have effects.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        var message = arguments.enabled()
                ? "Listen mode set to enabled. listen-only mode (text responses suppressed)"
                : "Listen mode set to disabled. normal mode (text responses enabled)";
        return Future.succeededFuture(ToolOutcome.done(
                message, Map.of("listenMode", arguments.enabled()), new ToolOutcome.ListenMode(arguments.enabled())));
    }
}
