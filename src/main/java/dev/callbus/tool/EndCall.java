package dev.callbus.tool;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import io.vertx.core.Future;
import java.util.Map;

/** {@code end-call}: hangs up once the goodbye has been spoken. */
@AutoService(AnyTool.class)
public final class EndCall implements Tool<EndCall.Arguments> {

    /** What the model gives. The aliases are names that earlier manifests used. */
    public record Arguments(
            @JsonAlias({"summary", "callSummary"})
            @Argument("What the call was about and how it ended, in one or two sentences.")
            String conversationSummary) {}

    @Override
    public String name() {
        return "end-call";
    }

    @Override
    public String description() {
        return "Ends the call. Use it when the caller says goodbye or has nothing more to ask. Afterwards say a short"
                + " goodbye: the line is closed once it has been spoken.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        var summary = arguments.conversationSummary();
        return Future.succeededFuture(ToolOutcome.done(
                "Call ended successfully",
                Map.of("summary", summary),
                new ToolOutcome.EndCall(name(), "Ending the call", Map.of("conversationSummary", summary))));
    }
}
