package dev.callbus.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads how callers prove who they are. */
final class VerifyReader {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "callbus: seal of verifications";
    private static final int SHORTEST = 32;

    private static final ValueParser<String> SERVICE_SID = ValueParser.matching(
            "VA[0-9a-fA-F]{32}",
            "is no Verify service SID",
            "copy the value that begins with VA from Verify in the Twilio console");

    private static final ValueParser<Secret> SEAL_KEY = text -> {
        if (text.length() < SHORTEST) {
            throw new Refused(
                    "is too short", "make one with \"openssl rand -hex 24\": " + SHORTEST + " characters at least");
        }
        return new Secret(text);
    };

    private final SettingReader reader;

    VerifyReader(SettingReader reader) {
        this.reader = reader;
    }

    VerifySettings settings(TwilioSettings twilio) {
        return new VerifySettings(
                serviceSid(twilio),
                reader.get(ConfigKey.VERIFY_CODE_LENGTH, ValueParser.integer(4, 10)),
                reader.get(ConfigKey.VERIFY_GRANT_LIFE, ValueParser.DURATION),
                sealKey(twilio),
                reader.get(ConfigKey.VERIFY_SENDS_PER_CALL, ValueParser.integer(1, 100)),
                reader.get(ConfigKey.VERIFY_CHECKS_PER_CALL, ValueParser.integer(1, 100)),
                reader.get(ConfigKey.VERIFY_SENDS_PER_NUMBER, ValueParser.integer(1, 1000)),
                reader.get(ConfigKey.VERIFY_SENDS_PER_DAY, ValueParser.integer(1, 1_000_000)));
    }

    private @Nullable String serviceSid(TwilioSettings twilio) {
        var sid = reader.find(ConfigKey.VERIFY_SERVICE_SID, SERVICE_SID);
        return sid == null && twilio.sandboxed() ? SandboxKey.VERIFY_SERVICE_SID : sid;
    }

    /** The key as it is set, or one that every node with the same account comes to. */
    private Secret sealKey(TwilioSettings twilio) {
        var key = reader.find(ConfigKey.VERIFY_SEAL_KEY, SEAL_KEY);
        if (key != null) {
            return key;
        }
        return twilio.authTokens().isEmpty()
                ? Secret.NONE
                : derived(twilio.authTokens().getFirst());
    }

    private static Secret derived(Secret token) {
        if (!token.isPresent()) {
            return Secret.NONE;
        }
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return new Secret(HexFormat.of().formatHex(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
