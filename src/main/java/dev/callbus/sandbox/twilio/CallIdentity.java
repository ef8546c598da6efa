package dev.callbus.sandbox.twilio;

import dev.callbus.time.LoopTime;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who calls whom, and how Twilio tells a server of it. */
record CallIdentity(String accountSid, String callSid, String from, String to, String direction) {
    private static final String INBOUND = "inbound";

    /** Somebody calls a number of the account. */
    static CallIdentity inbound(String accountSid, String from, String to) {
        return new CallIdentity(accountSid, newSid("CA"), from, to, INBOUND);
    }

    /** The account calls somebody. */
    static CallIdentity outbound(String accountSid, String from, String to) {
        return new CallIdentity(accountSid, newSid("CA"), from, to, "outbound-api");
    }

    /** A new SID: two letters and 32 hexadecimal digits. */
    static String newSid(String letters) {
        var random = LoopTime.random();
        return letters + "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    /**
     * The form parameters of a voice webhook, and more.
     *
     * <p>Source: twilio.com/docs/voice/twiml#request-parameters
     */
    Map<String, String> parameters(CallStatus status, Map<String, String> more) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("AccountSid", accountSid);
        parameters.put("ApiVersion", "2010-04-01");
        parameters.put("CallSid", callSid);
        parameters.put("CallStatus", status.wire());
        parameters.put("Direction", direction);
        if (direction.equals(INBOUND)) {
            parameters.put("CallToken", "{\"parentCallInfoToken\":\"" + callSid.substring(2) + "\"}");
            parameters.put("StirVerstat", "TN-Validation-Passed-A");
            parameters.put("StirPassportToken", "");
        }
        party(parameters, "From", from);
        party(parameters, "Caller", from);
        party(parameters, "To", to);
        party(parameters, "Called", to);
        parameters.putAll(more);
        return parameters;
    }

    /**
     * The first frame of a relay session.
     *
     * <p>Source: twilio.com/docs/voice/conversationrelay/websocket-messages#setup-message
     */
    JsonObject setup(String sessionId, CallStatus status, Map<String, String> custom) {
        var parameters = new JsonObject();
        custom.forEach(parameters::put);
        return new JsonObject()
                .put("type", "setup")
                .put("sessionId", sessionId)
                .put("accountSid", accountSid)
                .put("parentCallSid", "")
                .put("callSid", callSid)
                .put("from", from)
                .put("to", to)
                .put("forwardedFrom", "")
                .put("callType", "PSTN")
                .put("callerName", "")
                .put("direction", direction)
                .put("callStatus", status.name())
                .put("customParameters", parameters);
    }

    private static void party(Map<String, String> parameters, String role, String number) {
        parameters.put(role, number);
        parameters.put(role + "City", "");
        parameters.put(role + "State", "");
        parameters.put(role + "Zip", "");
        parameters.put(role + "Country", "US");
    }
}
