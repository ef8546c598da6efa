package dev.callbus.tool;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import io.vertx.core.Future;
import java.util.Map;

/** {@code send-dtmf}: presses keys on the line, for the voice menus of others. */
@AutoService(AnyTool.class)
public final class SendDtmf implements Tool<SendDtmf.Arguments> {
    private static final String KEYS = "[0-9w#*]{1,64}";

    /** What the model gives. The aliases are names that earlier manifests used. */
    public record Arguments(
            @JsonAlias({"digits", "digit", "dtmfDigits"})
            @Argument("The keys to press, in their order: 0-9, * and #; w waits half a second.")
            String dtmfDigit) {}

    @Override
    public String name() {
        return "send-dtmf";
    }

    @Override
    public String description() {
        return "Presses telephone keys on the line, for instance to choose from a voice menu.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        var digits = arguments.dtmfDigit().replace(" ", "");
        if (!digits.matches(KEYS)) {
            return Future.succeededFuture(
                    ToolOutcome.refused("Only 0-9, *, # and w (a pause of half a second) can be sent, 64 at most."));
        }
        return Future.succeededFuture(ToolOutcome.done(
                "DTMF digits sent successfully", Map.of("digits", digits), new ToolOutcome.SendDigits(digits)));
    }
}
