package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.OutboundCall;
import dev.callbus.sandbox.twilio.OutboundCall.Detection;
import java.net.URI;
import java.time.Duration;
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
    private static final int INVALID_URL = 21205;
    private static final int INVALID_CALLBACK = 21609;
    private static final Set<String> EVENTS = Set.of("initiated", "ringing", "answered", "completed");
    private static final Set<String> DETECTIONS = Set.of("Enable", "DetectMessageEnd");

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
        if (form.text("ApplicationSid") != null) {
            throw refusal(21218, "Invalid ApplicationSid: the account has no applications.");
        }
        var url = url("Url", INVALID_URL);
        // On create Twilio ignores Twiml next to Url.
        var twiml = url == null ? twiml() : null;
        if (url == null && twiml == null) {
            throw refusal(INVALID_URL, "Url parameter is required.");
        }
        return new OutboundCall(to, from, url, method("Method"), twiml, progress(), detection(), timeout(), digits());
    }

    /** A document of its own, if there is one. */
    @Nullable
    String twiml() {
        var twiml = form.text("Twiml");
        if (twiml != null && twiml.length() > LONGEST_TWIML) {
            // Twilio documents the limit (twilio.com/docs/voice/api/call-resource) but no code for it in its list of
            // errors, where 21605 is about messages and 2124x about SIP; so it is that of any invalid parameter.
            throw refusal(20001, "The Twiml parameter is longer than " + LONGEST_TWIML + " characters.");
        }
        return twiml;
    }

    /** Where another document is. */
    @Nullable
    URI url() {
        return url("Url", INVALID_URL);
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

    private Duration timeout() {
        var timeout = form.text("Timeout");
        if (timeout == null) {
            return Duration.ofSeconds(60);
        }
        if (!timeout.matches("\\d{1,3}") || Integer.parseInt(timeout) < 1 || Integer.parseInt(timeout) > LONGEST_RING) {
            throw refusal(21208, "Invalid Timeout: " + timeout);
        }
        return Duration.ofSeconds(Integer.parseInt(timeout));
    }

    private @Nullable String digits() {
        var digits = form.text("SendDigits");
        if (digits != null && !digits.matches("[0-9A-D#*wW]{1,32}")) {
            throw refusal(21206, "Invalid SendDigits: " + digits);
        }
        return digits;
    }

    private OutboundCall.@Nullable Progress progress() {
        var callback = callback("StatusCallback", "StatusCallbackMethod");
        var events = form.all("StatusCallbackEvent");
        for (var event : events) {
            if (!EVENTS.contains(event)) {
                throw refusal(21626, "Invalid StatusCallbackEvent: " + event);
            }
        }
        return callback == null
                ? null
                : new OutboundCall.Progress(callback, events.isEmpty() ? Set.of("completed") : Set.copyOf(events));
    }

    private @Nullable Detection detection() {
        var detection = form.text("MachineDetection");
        if (detection == null || form.text("SendDigits") != null) {
            return null;
        }
        if (!DETECTIONS.contains(detection)) {
            throw Form.invalid("MachineDetection", detection);
        }
        form.count("MachineDetectionTimeout", 30, 3, 59);
        form.count("MachineDetectionSpeechThreshold", 2400, 1000, 6000);
        form.count("MachineDetectionSpeechEndThreshold", 1200, 500, 5000);
        form.count("MachineDetectionSilenceTimeout", 5000, 2000, 10_000);
        var callback = callback("AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod");
        boolean untilEnd = detection.equals("DetectMessageEnd");
        return form.flag("AsyncAmd", false)
                ? new Detection.Beside(untilEnd, callback)
                : new Detection.Blocking(untilEnd);
    }

    private OutboundCall.@Nullable Callback callback(String url, String method) {
        var target = url(url, INVALID_CALLBACK);
        var how = method(method);
        return target == null ? null : new OutboundCall.Callback(target, how);
    }

    private String number(String name, int missing, int invalid) {
        var number = form.text(name);
        if (number == null) {
            throw refusal(missing, "No '" + name + "' number is specified");
        }
        if (!MessageForm.isPhone(number)) {
            throw refusal(invalid, "The '" + name + "' number " + number + " is not a valid phone number.");
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
            throw refusal(21209, "Invalid " + name + ": " + method);
        }
        return upper;
    }

    private static RestError refusal(int code, String message) {
        return new RestError(400, code, message);
    }
}
