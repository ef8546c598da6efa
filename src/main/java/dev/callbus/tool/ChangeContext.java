package dev.callbus.tool;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import dev.callbus.asset.AssetBus;
import dev.callbus.asset.AssetProtocol;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Objects;

/** {@code change-context}: goes on with another context document; what was said and what is known of the call stay. */
@AutoService(AnyTool.class)
public final class ChangeContext implements Tool<ChangeContext.Arguments> {
    /** What the model gives. The aliases are names that earlier manifests used. */
    public record Arguments(
            @JsonAlias({"contextKey", "context"}) @Argument("The name of the context to go on with.")
            String newContext,

            @JsonAlias({"summary", "conversationSummary"})
            @Argument("What was said and settled so far, for the new context.")
            String handoffSummary) {}

    @Override
    public String name() {
        return "change-context";
    }

    @Override
    public String description() {
        return "Changes your instructions to another context. Use it when your instructions say so, with a summary of the"
                + " conversation so far. The caller does not notice: just go on.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        if (arguments.newContext().isBlank() || arguments.handoffSummary().isBlank()) {
            var missing = arguments.newContext().isBlank() ? "newContext" : "handoffSummary";
            return Future.succeededFuture(ToolOutcome.refused(missing + " parameter is required"));
        }
        return AssetBus.FIND
                .send(services.vertx(), new AssetProtocol.Find(arguments.newContext(), null))
                .map(found -> {
                    var context = Objects.requireNonNull(found.context());
                    return ToolOutcome.done(
                            "Successfully switched to context: " + context.key(),
                            Map.of("newContext", context.key()),
                            new ToolOutcome.ChangeContext(context, arguments.handoffSummary()));
                })
                .otherwise(cause -> ToolOutcome.refused("Context switch failed: " + cause.getMessage()));
    }
}
