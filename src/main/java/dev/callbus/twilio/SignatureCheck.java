package dev.callbus.twilio;

import com.twilio.security.RequestValidator;
import dev.callbus.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The check of {@code X-Twilio-Signature}. The signed URL is the configured public URL plus the request target exactly as
 * it was received; what the request says about its own host is not looked at. With no auth token nothing passes.
 *
 * <p>Source: twilio.com/docs/usage/webhooks/webhooks-security
 */
public final class SignatureCheck {
    private static final String ALGORITHM = "HmacSHA1";

    private final Set<String> webUrls;
    private final Set<String> socketUrls;
    private final List<Key> keys;

    /**
     * A check for what is sent to {@code publicUrl} ({@code https://host[:port]}).
     *
     * @param authTokens all that are good at present; more than one while the token is being rotated
     */
    public SignatureCheck(URI publicUrl, List<Secret> authTokens) {
        var url = withoutSlash(publicUrl.toString());
        webUrls = spellings(url);
        socketUrls = spellings(url.replaceFirst("^http", "ws"));
        keys = authTokens.stream().filter(Secret::isPresent).map(Key::of).toList();
    }

    /** Whether Twilio signed this form; a name may have several values, of which equal ones count once. */
    public boolean form(String target, Map<String, List<String>> parameters, @Nullable String signature) {
        var single = new HashMap<String, String>();
        for (var parameter : parameters.entrySet()) {
            var values = new TreeSet<>(parameter.getValue());
            if (values.size() > 1) {
                return anyUrl(webUrls, target, url -> repeated(url, parameters, signature));
            }
            single.put(parameter.getKey(), values.isEmpty() ? "" : values.first());
        }
        return anyKey(signature, (key, given) -> anyUrl(webUrls, target, url -> key.sdk.validate(url, single, given)));
    }

    /** Whether Twilio signed this request without a body, whose parameters are in the query. */
    public boolean query(String target, @Nullable String signature) {
        return form(target, Map.of(), signature);
    }

    /** Whether Twilio signed this request with a body that is no form; its hash is in the query as {@code bodySHA256}. */
    public boolean json(String target, String body, @Nullable String signature) {
        return anyKey(
                signature,
                (key, given) -> anyUrl(webUrls, target, url -> {
                    try {
                        return key.sdk.validate(url, body, given);
                    } catch (URISyntaxException e) {
                        return false;
                    }
                }));
    }

    /** Whether Twilio signed this WebSocket handshake; it signs the {@code wss://} URL, at times with a slash at its end. */
    public boolean webSocket(String target, @Nullable String signature) {
        var bare = withoutSlash(target);
        return anyKey(
                signature,
                (key, given) -> anyUrl(socketUrls, target, url -> key.sdk.validate(url, Map.of(), given))
                        || anyUrl(socketUrls, bare, url -> key.sdk.validate(url, Map.of(), given))
                        || anyUrl(socketUrls, bare + "/", url -> key.sdk.validate(url, Map.of(), given)));
    }

    /** The SDK takes one value per name, so this is its computation for several: unique values, sorted, each with its name. */
    private boolean repeated(String url, Map<String, List<String>> parameters, @Nullable String signature) {
        var data = new StringBuilder(url);
        new TreeMap<>(parameters)
                .forEach((name, values) ->
                        new TreeSet<>(values).forEach(value -> data.append(name).append(value)));
        byte[] signed = data.toString().getBytes(StandardCharsets.UTF_8);
        return anyKey(
                signature,
                (key, given) -> MessageDigest.isEqual(
                        Base64.getEncoder().encode(key.sign(signed)), given.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean anyKey(@Nullable String signature, Attempt attempt) {
        if (signature == null || signature.isEmpty()) {
            return false;
        }
        boolean good = false;
        for (var key : keys) {
            good |= attempt.passes(key, signature);
        }
        return good;
    }

    private static boolean anyUrl(Set<String> bases, String target, Predicate<String> passes) {
        return target.startsWith("/") && bases.stream().anyMatch(base -> passes.test(base + target));
    }

    /** The URL as configured, without its port, and with its scheme's own port: Twilio's products differ in what they sign. */
    private static Set<String> spellings(String url) {
        var bare = url.replaceFirst(":\\d+$", "");
        var own = bare.startsWith("https:") || bare.startsWith("wss:") ? ":443" : ":80";
        return bare.equals(url) || url.equals(bare + own) ? Set.of(bare, bare + own) : Set.of(url, bare);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** One try with one auth token. */
    private interface Attempt {
        boolean passes(Key key, String signature);
    }

    /** An auth token, ready for use. */
    private record Key(RequestValidator sdk, SecretKeySpec spec) {

        static Key of(Secret token) {
            return new Key(
                    new RequestValidator(token.reveal()),
                    new SecretKeySpec(token.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
        }

        byte[] sign(byte[] data) {
            try {
                var mac = Mac.getInstance(ALGORITHM);
                mac.init(spec);
                return mac.doFinal(data);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + ALGORITHM, e);
            }
        }
    }
}
