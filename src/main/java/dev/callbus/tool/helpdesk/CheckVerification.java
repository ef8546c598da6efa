package dev.callbus.tool.helpdesk;

import com.google.auto.service.AutoService;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.time.LoopTime;
import dev.callbus.tool.AnyTool;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Standing;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import dev.callbus.verify.Grant;
import dev.callbus.verify.VerifyBus;
import dev.callbus.verify.VerifyProtocol;
import io.vertx.core.Future;
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

    /** The same of somebody whom the caller only named: one answer, true whether there is such a customer or not. */
    private static final String NOT_CONFIRMED =
            "Verification failed - invalid code, or none that can be checked now. Offer to try again or a colleague.";

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
        if (standing.isVerified(LoopTime.now())) {
            return Future.succeededFuture(ToolOutcome.done("The caller is verified", verdict(true, "approved")));
        }
        boolean claimed = standing.source() == Standing.Source.CLAIM;
        var code = standing.code();
        var challenge = standing.challenge();
        if (code == null) {
            return Future.succeededFuture(
                    challenge == null && !claimed
                            ? refused("No code has been sent. Use send-verification first.", "pending")
                            : refused("The caller has not entered a code yet. Ask for it.", "pending"));
        }
        if (challenge == null) {
            return Future.succeededFuture(
                    claimed
                            ? notConfirmed()
                            : refused(
                                    "There is nothing that this code could be checked against. Send a new one with"
                                            + " send-verification.",
                                    "expired"));
        }
        return VerifyBus.CHECK
                .send(services.vertx(), new VerifyProtocol.CheckCode(facts.callSid(), challenge, code))
                .map(checked -> checked.grant() != null
                        ? admitted(checked.status(), checked.grant())
                        : claimed ? notConfirmed() : wrong(checked))
                .otherwise(cause -> claimed ? notConfirmed() : failed(cause));
    }

    private static ToolOutcome admitted(String status, Grant grant) {
        return ToolOutcome.done("Verification successful", verdict(true, status), new ToolOutcome.Admitted(grant));
    }

    private static ToolOutcome notConfirmed() {
        return refused(NOT_CONFIRMED, "pending");
    }

    private static ToolOutcome wrong(VerifyProtocol.Checked checked) {
        if (checked.checksLeft() <= 0) {
            return ToolOutcome.refused(
                    "Verification failed - invalid code. No more codes can be tried on this call. Offer a colleague.",
                    verdict(false, checked.status()),
                    new ToolOutcome.Challenged(null));
        }
        if (checked.status().equals("pending")) {
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
                                "codes can't be checked right now. Ask the caller to enter it again in a moment.";
                        },
                verdict(false, "unknown"));
    }

    private static Map<String, Object> verdict(boolean verified, String status) {
        var members = new LinkedHashMap<String, Object>();
        members.put("verified", verified);
        members.put("status", status);
        return members;
    }

    private static ToolOutcome refused(String message, String status) {
        return ToolOutcome.refused(message, verdict(false, status));
    }
}
