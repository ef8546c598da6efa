package dev.callbus.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Twilio's side of {@code X-Twilio-Signature}: HMAC-SHA1 with the account's auth token over the URL and the sorted form
 * parameters. Source: twilio.com/docs/usage/security.
 */
final class WebhookSignature {
    private final SecretKeySpec key;

    /** The signer of the account that owns {@code authToken}. */
    WebhookSignature(String authToken) {
        this.key = new SecretKeySpec(authToken.getBytes(UTF_8), "HmacSHA1");
    }

    /** The Base64 signature of a request to {@code url}; a WebSocket handshake has no parameters. */
    String of(String url, Map<String, String> parameters) {
        var data = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> data.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(data.toString().getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }
}
