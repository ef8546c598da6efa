package dev.callbus.tool.helpdesk;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.Contact;
import dev.callbus.servicenow.Customer;
import dev.callbus.time.LoopTime;
import dev.callbus.tool.AnyTool;
import dev.callbus.tool.Argument;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import dev.callbus.verify.VerifyBus;
import dev.callbus.verify.VerifyProtocol;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code send-verification}: sends a one-time code to a number on the record of the customer that the caller is, or claims to be. The model
 * chooses the channel, and which of the record's numbers; it never sees or gives a whole number.
 */
@AutoService(AnyTool.class)
public final class SendVerification implements Tool<SendVerification.Arguments> {
    public static final String NAME = "send-verification";

    private static final int CLAIMED_PER_CALL = 3;

    /** What the model gives. */
    public record Arguments(
            @JsonAlias({"number", "choice", "recipient", "phoneNumber"})
            @Argument(
                    value =
                            "Which of the verification numbers: its choice or its last digits; the first one if not given.",
                    required = false)
            @Nullable
            String to,

            @Argument(value = "sms for a text message (usual), call to have the code read out.", required = false)
            @Nullable
            String channel) {

        @Override
        public String toString() {
            return "Arguments[•]";
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Sends a one-time code to the phone on the customer's record. Use it after lookup-customer and before anything"
                + " about tickets. Then ask the caller to key the code in on the telephone's keypad.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        var standing = facts.standing();
        if (standing.isVerified(LoopTime.now())) {
            return refused("The caller is verified already. No code is needed.");
        }
        var channel = channel(arguments.channel());
        if (channel == null) {
            return refused("channel must be sms or call.");
        }
        return switch (standing.source()) {
            case NONE -> refused("It isn't known who calls. Use lookup-customer first.");
            case LINE -> toCustomer(standing.customer(), arguments, channel, facts, services);
            case CLAIM -> toClaimed(standing.customer(), channel, facts, services);
        };
    }

    private static Future<ToolOutcome> toCustomer(
            @Nullable Customer customer,
            Arguments arguments,
            VerifyProtocol.Channel channel,
            CallFacts facts,
            ToolServices services) {
        if (customer == null || customer.contacts().isEmpty()) {
            return refused("There is no telephone number on the customer's record that a code could go to.");
        }
        var chosen = PhoneChoice.chosen(customer, arguments.to());
        if (chosen.isEmpty()) {
            return Future.succeededFuture(ToolOutcome.refused(
                    "A code only goes to a number on the customer's record.",
                    Map.of("verificationNumbers", PhoneChoice.offered(customer))));
        }
        var contact = chosen.get();
        var recipient = contact.kind() + " ending in " + contact.ending();
        return send(customer, contact, channel, facts, services)
                .map(sent -> {
                    var members = sent(channel, recipient, sent.status());
                    members.put("sid", sent.challenge().verificationSid());
                    return ToolOutcome.done(words(channel), members, new ToolOutcome.Challenged(sent.challenge()));
                })
                .otherwise(cause -> failed(cause, Map.of("recipient", recipient)));
    }

    /** To somebody whom the caller only named: whatever happens looks the same. */
    private static Future<ToolOutcome> toClaimed(
            @Nullable Customer customer, VerifyProtocol.Channel channel, CallFacts facts, ToolServices services) {
        if (!services.quota("codes to claimed customers per call", CLAIMED_PER_CALL, Duration.ofDays(1))
                .take(facts.callSid())) {
            return refused("No more codes can be asked for on this call. Offer a colleague.");
        }
        var told = sent(channel, "the number on record, if there is one", "pending");
        var words = "Verification code requested via " + name(channel)
                + ". It only arrives if there is such a customer with a number on record; if none arrives, offer a colleague.";
        if (customer == null || customer.contacts().isEmpty()) {
            return Future.succeededFuture(ToolOutcome.done(words, told));
        }
        return send(customer, customer.contacts().getFirst(), channel, facts, services)
                .map(sent -> ToolOutcome.done(words, told, new ToolOutcome.Challenged(sent.challenge())))
                .otherwise(cause -> ToolOutcome.done(words, told));
    }

    private static Future<VerifyProtocol.CodeSent> send(
            Customer customer,
            Contact contact,
            VerifyProtocol.Channel channel,
            CallFacts facts,
            ToolServices services) {
        return VerifyBus.SEND.send(
                services.vertx(),
                new VerifyProtocol.SendCode(facts.callSid(), customer.sysId(), contact.number(), channel));
    }

    private static String refusal(Throwable cause) {
        return "Verification send failed: "
                + (cause instanceof BusException known ? known.getMessage() : "it was refused");
    }

    private static ToolOutcome failed(Throwable cause, Map<String, ?> members) {
        return switch (Failure.of(cause)) {
            // The customer may still have a code that an earlier call asked for: what is entered now is kept as one.
            case BUSY -> ToolOutcome.refused(refusal(cause), members, new ToolOutcome.CodeUnderway());
            case BAD_REQUEST -> ToolOutcome.refused(refusal(cause), members);
            case NOT_FOUND, CONFLICT, UNAVAILABLE ->
                ToolOutcome.refused(
                        "Verification send failed: codes can't be sent right now. Offer a colleague.", members);
            case BAD_GATEWAY, TIMEOUT, INTERNAL ->
                ToolOutcome.refused(
                        "It is not known whether the code was sent. Even if one arrived, it can't be checked: send a new one.",
                        members,
                        new ToolOutcome.CodeUnderway());
        };
    }

    private static String words(VerifyProtocol.Channel channel) {
        return "Verification code sent successfully via " + name(channel);
    }

    private static Map<String, Object> sent(VerifyProtocol.Channel channel, String recipient, String status) {
        var members = new LinkedHashMap<String, Object>();
        members.put("recipient", recipient);
        members.put("channel", name(channel));
        members.put("status", status);
        members.put("next", "Ask the caller to key the code in; it is checked by itself.");
        return members;
    }

    private static VerifyProtocol.@Nullable Channel channel(@Nullable String word) {
        return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
            case "", "sms", "text" -> VerifyProtocol.Channel.SMS;
            case "call", "voice", "phone" -> VerifyProtocol.Channel.CALL;
            default -> null;
        };
    }

    private static String name(VerifyProtocol.Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    private static Future<ToolOutcome> refused(String message) {
        return Future.succeededFuture(ToolOutcome.refused(message));
    }
}
