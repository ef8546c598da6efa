package dev.callbus.tool.helpdesk;

import com.google.auto.service.AutoService;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.tool.AnyTool;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Standing;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import dev.callbus.verify.VerifyBus;
import dev.callbus.verify.VerifyProtocol;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code check-verification}: checks the code that the caller keyed or said, which the call holds back from the model. A code that
 * a model gives is not looked at.
 */
@AutoService(AnyTool.class)
public final class CheckVerification implements Tool<CheckVerification.Arguments> {
    public static final String NAME = "check-verification";

    private static final String WRONG = "Verification failed - invalid code";

    /** Nothing: number and code are server state. */
    public record Arguments() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Tells whether the code that the caller entered is right. It is run by itself once the caller has keyed or said"
                + " the code; you never see the code.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        var standing = facts.standing();
        if (standing.isVerified(Instant.now())) {
            return Future.succeededFuture(ToolOutcome.done("The caller is verified", verdict(true, "approved")));
        }
        var code = standing.code();
        if (code == null) {
            return refused(
                    standing.challenge() == null && standing.source() != Standing.Source.CLAIM
                            ? "No code has been sent. Use send-verification first."
                            : "The caller has not entered a code yet. Ask for it.",
                    "pending");
        }
        if (standing.challenge() == null) {
            return standing.source() == Standing.Source.CLAIM
                    ? refused(WRONG, "pending")
                    : refused("No code has been sent. Use send-verification first.", "expired");
        }
        return VerifyBus.CHECK
                .send(services.vertx(), new VerifyProtocol.CheckCode(facts.callSid(), standing.challenge(), code))
                .map(checked -> outcome(checked, standing.source()))
                .otherwise(CheckVerification::failed);
    }

    private static ToolOutcome outcome(VerifyProtocol.Checked checked, Standing.Source source) {
        if (checked.grant() != null) {
            return ToolOutcome.done(
                    "Verification successful",
                    verdict(true, checked.status()),
                    new ToolOutcome.Admitted(checked.grant()));
        }
        if (source == Standing.Source.CLAIM) {
            return ToolOutcome.refused(WRONG, verdict(false, "pending")); // as for somebody who doesn't exist
        }
        if (checked.status().equals("pending") && checked.checksLeft() > 0) {
            var members = verdict(false, checked.status());
            members.put("attemptsLeft", checked.checksLeft());
            return ToolOutcome.refused(WRONG, members);
        }
        return ToolOutcome.refused(
                "Verification check failed: the code is no longer good ("
                        + checked.status().replace('_', ' ') + "). Offer to send a new one.",
                verdict(false, checked.status()),
                new ToolOutcome.Challenged(null));
    }

    private static ToolOutcome failed(Throwable cause) {
        return ToolOutcome.refused(
                "Verification check failed: "
                        + switch (Failure.of(cause)) {
                            case BUSY, BAD_REQUEST ->
                                cause instanceof BusException known ? known.getMessage() : "it was refused";
                            case NOT_FOUND, CONFLICT, UNAVAILABLE, BAD_GATEWAY, TIMEOUT, INTERNAL ->
                                "codes can't be checked" + " right now. Ask the caller to enter it again in a moment.";
                        },
                verdict(false, "unknown"));
    }

    private static Map<String, Object> verdict(boolean verified, String status) {
        var members = new LinkedHashMap<String, Object>();
        members.put("verified", verified);
        members.put("status", status);
        return members;
    }

    private static Future<ToolOutcome> refused(String message, String status) {
        return Future.succeededFuture(ToolOutcome.refused(message, verdict(false, status)));
    }
}
