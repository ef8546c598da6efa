package dev.callbus.sandbox.twilio;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes {@code X-Twilio-Signature}: base64 of HMAC-SHA1, with the auth token, over the URL and the sorted form parameters.
 *
 * <p>Source: twilio.com/docs/usage/webhooks/webhooks-security
 */
public final class TwilioSigner {
    private static final String ALGORITHM = "HmacSHA1";

    private final SecretKeySpec key;

    public TwilioSigner(String authToken) {
        key = new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The signature of a request without form parameters: a GET, a JSON body, or a WebSocket's {@code wss://} URL. */
    public String sign(String url) {
        return sign(url, Map.of());
    }

    /** The signature of a form post to exactly this URL. */
    public String sign(String url, Map<String, String> parameters) {
        var data = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> data.append(name).append(value));
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(data.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** The URL that a voice webhook is signed with: no fragment, no user, and with https no port. */
    public static String signedUrl(URI url) {
        var port = url.getPort() < 0 || "https".equals(url.getScheme()) ? "" : ":" + url.getPort();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath() + query;
    }
}
