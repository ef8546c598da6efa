package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.OutboundCall;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a call, checked as Twilio checks it.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource, twilio.com/docs/api/errors
 */
final class CallForm {
    private static final int LONGEST_TWIML = 4000;
    private static final int LONGEST_RING = 600;
    private static final Set<String> EVENTS = Set.of("initiated", "ringing", "answered", "completed");

    private final Form form;

    CallForm(Form form) {
        this.form = form;
    }

    /** The call that is to be placed; throws Twilio's refusal. */
    OutboundCall order(Set<String> numbers) {
        var to = number("To", 21201, 21211);
        var from = number("From", 21213, 21212);
        if (!numbers.contains(from)) {
            throw refusal(
                    21210, "The source phone number provided, " + from + ", is not yet verified for your account.");
        }
        var url = url("Url", 21205);
        // On create Twilio ignores Twiml next to Url.
        var twiml = url == null ? twiml() : null;
        if (url == null && twiml == null) {
            throw refusal(21205, "Url parameter is required.");
        }
        var digits = form.text("SendDigits");
        if (digits != null && !digits.matches("[0-9A-D#*wW]{1,32}")) {
            throw refusal(21214, "The SendDigits parameter is not valid: " + digits);
        }
        var timeout = Duration.ofSeconds(form.count("Timeout", 60, 1, LONGEST_RING));
        return new OutboundCall(
                to, from, url, method("Method"), twiml, progress(), digits == null ? detection() : null, timeout);
    }

    /** A document of its own, if there is one. */
    @Nullable
    String twiml() {
        var twiml = form.text("Twiml");
        if (twiml != null && twiml.length() > LONGEST_TWIML) {
            // Twilio documents the limit and no code of its own for it: twilio.com/docs/voice/api/call-resource.
            throw refusal(21218, "The Twiml parameter is longer than " + LONGEST_TWIML + " characters.");
        }
        return twiml;
    }

    /** Where another document is. */
    @Nullable
    URI url() {
        return url("Url", 21205);
    }

    String method() {
        return method("Method");
    }

    /** The state that the call is to be brought to, if one is named. */
    @Nullable
    String status() {
        var status = form.text("Status");
        if (status != null && !Set.of("canceled", "completed").contains(status)) {
            throw Form.invalid("Status", status);
        }
        return status;
    }

    private OutboundCall.@Nullable Callback progress() {
        var url = url("StatusCallback", 21609);
        var events = form.all("StatusCallbackEvent").stream()
                .flatMap(event -> List.of(event.split("[ ,]+", -1)).stream())
                .toList();
        for (var event : events) {
            if (!EVENTS.contains(event)) {
                throw refusal(21626, "The StatusCallbackEvent " + event + " is not valid.");
            }
        }
        return url == null
                ? null
                : new OutboundCall.Callback(
                        url,
                        method("StatusCallbackMethod"),
                        events.isEmpty() ? Set.of("completed") : Set.copyOf(events));
    }

    private OutboundCall.@Nullable Detection detection() {
        var detection = form.text("MachineDetection");
        if (detection == null || detection.equals("None")) {
            return null;
        }
        if (!Set.of("Enable", "DetectMessageEnd").contains(detection)) {
            throw Form.invalid("MachineDetection", detection);
        }
        form.count("MachineDetectionTimeout", 30, 3, 59);
        var callback = url("AsyncAmdStatusCallback", 21609);
        boolean beside = form.flag("AsyncAmd", false);
        return new OutboundCall.Detection(detection.equals("DetectMessageEnd"), beside ? callback : null);
    }

    private String number(String name, int missing, int invalid) {
        var number = form.text(name);
        if (number == null) {
            throw refusal(missing, "No '" + name + "' number is specified");
        }
        if (!MessageForm.isPhone(number)) {
            throw refusal(invalid, "The phone number you are attempting to call, " + number + ", is not valid.");
        }
        return number;
    }

    private @Nullable URI url(String name, int code) {
        var url = form.text(name);
        if (url == null) {
            return null;
        }
        if (!MessageForm.isWeb(url)) {
            throw refusal(code, name + " is not a valid URL: " + url);
        }
        return URI.create(url);
    }

    private String method(String name) {
        var method = form.text(name);
        var upper = method == null ? "POST" : method.toUpperCase(Locale.ROOT);
        if (!Set.of("GET", "POST").contains(upper)) {
            throw Form.invalid(name, upper);
        }
        return upper;
    }

    private static RestError refusal(int code, String message) {
        return new RestError(400, code, message);
    }
}
