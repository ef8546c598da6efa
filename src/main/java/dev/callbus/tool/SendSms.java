package dev.callbus.tool;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.ToolSettings;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code send-sms}: sends a text message to the person on the line, or to another number that the operator allows; only so
 * often per call, and per number and day.
 */
@AutoService(AnyTool.class)
public final class SendSms implements Tool<SendSms.Arguments> {
    private static final Logger log = LoggerFactory.getLogger(SendSms.class);

    /** Twilio's limit of a message, in characters. */
    private static final int LONGEST = 1600;

    private static final Duration DAY = Duration.ofDays(1);

    /** What the model gives. */
    public record Arguments(
            @JsonAlias({"phoneNumber", "recipient"})
            @Argument(
                    value = "The number that gets it, such as +15551234567; leave it out for the person on the line.",
                    required = false)
            @Nullable
            String to,

            @JsonAlias({"body", "text"}) @Argument("The words of the message, 1600 characters at most.")
            String message) {

        @Override
        public String toString() {
            return "Arguments[•]";
        }
    }

    @Override
    public String name() {
        return "send-sms";
    }

    @Override
    public String description() {
        return "Sends a text message to the person on the line. Ask before you do.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        var to = arguments.to() == null || arguments.to().isBlank()
                ? facts.person()
                : arguments.to().replaceAll("[\\s().-]", "");
        var settings = services.settings().sms();
        if (!isAllowed(to, facts, settings)) {
            return refused("SMS send failed: messages may only go to the person on the line", to);
        }
        if (arguments.message().isBlank() || arguments.message().length() > LONGEST) {
            return refused("SMS send failed: a message has 1 to " + LONGEST + " characters", to);
        }
        var perCall = services.quota("messages per call", settings.perCall(), DAY);
        var perNumber = services.quota("messages per number", settings.perNumberAndDay(), DAY);
        if (!perCall.take(facts.callSid())) {
            return refused("SMS send failed: no more messages in this conversation", to);
        }
        if (!perNumber.take(to)) {
            perCall.giveBack(facts.callSid());
            return refused("SMS send failed: no more messages to this number today", to);
        }
        var from = settings.from() == null ? facts.own() : settings.from();
        return TwilioBus.MESSAGE
                .send(services.vertx(), new TwilioProtocol.SendMessage(to, from, arguments.message()))
                .map(sent -> ToolOutcome.done("SMS sent successfully", Map.of("recipient", to)))
                .otherwise(cause -> {
                    log.warn("message not sent [call: {}, cause: {}]", facts.callSid(), Failure.of(cause));
                    if (isUnknown(cause)) {
                        return ToolOutcome.refused(
                                "It is not known whether the SMS was sent. Do not send it again.",
                                Map.of("recipient", to));
                    }
                    perCall.giveBack(facts.callSid());
                    perNumber.giveBack(to);
                    return ToolOutcome.refused("SMS send failed: " + reason(cause), Map.of("recipient", to));
                });
    }

    /** Whether the message may have left all the same. */
    private static boolean isUnknown(Throwable cause) {
        return switch (Failure.of(cause)) {
            case BAD_GATEWAY, TIMEOUT, INTERNAL -> true;
            case BAD_REQUEST, NOT_FOUND, CONFLICT, BUSY, UNAVAILABLE -> false;
        };
    }

    private static String reason(Throwable cause) {
        return cause instanceof BusException known && known.failure() == Failure.BAD_REQUEST
                ? String.valueOf(known.getMessage())
                : "the message service is not available";
    }

    private static boolean isAllowed(String to, CallFacts facts, ToolSettings.Sms settings) {
        return to.matches("(whatsapp:)?\\+[1-9][0-9]{6,14}")
                && (to.equals(facts.person()) || settings.allowed().stream().anyMatch(to::startsWith));
    }

    private static Future<ToolOutcome> refused(String message, String to) {
        return Future.succeededFuture(ToolOutcome.refused(message, Map.of("recipient", to)));
    }
}
