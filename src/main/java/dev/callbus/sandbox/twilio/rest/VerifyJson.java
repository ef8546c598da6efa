package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Verifications as the REST API shows them.
 *
 * <p>Source: twilio.com/docs/verify/api/verification, twilio.com/docs/verify/api/verification-check
 */
record VerifyJson(String accountSid, String serviceSid) {

    JsonObject verification(Verification verification) {
        return common(verification)
                .put("lookup", new JsonObject())
                .put(
                        "send_code_attempts",
                        new JsonArray(verification.attempts().stream()
                                .map(VerifyJson::attempt)
                                .toList()))
                .putNull("sna")
                .put(
                        "url",
                        "https://verify.twilio.com/v2/Services/" + serviceSid + "/Verifications/" + verification.sid());
    }

    JsonObject check(Verification verification) {
        return common(verification).put("sna_attempts_error_codes", new JsonArray());
    }

    private JsonObject common(Verification verification) {
        return new JsonObject()
                .put("sid", verification.sid())
                .put("service_sid", serviceSid)
                .put("account_sid", accountSid)
                .put("to", verification.to())
                .put("channel", verification.channel())
                .put("status", verification.status())
                .put("valid", verification.status().equals("approved"))
                .putNull("amount")
                .putNull("payee")
                .put("date_created", date(verification.created()))
                .put("date_updated", date(verification.updated()));
    }

    private static JsonObject attempt(Verification.Attempt attempt) {
        return new JsonObject()
                .put("time", date(attempt.time()))
                .put("channel", attempt.channel().equals("sms") ? "SMS" : attempt.channel())
                .put("attempt_sid", attempt.sid());
    }

    private static String date(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
