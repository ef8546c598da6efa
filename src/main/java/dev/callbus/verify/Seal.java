package dev.callbus.verify;

import dev.callbus.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Seals challenges and grants (HMAC-SHA256), and knows its own seals again. All nodes of a cluster have the same key. Thread-safe. */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public Seal(Secret key) {
        this.key = new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** A grant that is good from now on for so long. */
    public Grant grant(String callSid, String customer, Instant now, Duration life) {
        var end = now.plus(life).truncatedTo(ChronoUnit.MILLIS);
        return new Grant(callSid, customer, end, seal("grant", callSid, customer, end));
    }

    /** A challenge that may be met from now on for so long. */
    public Challenge challenge(
            String callSid, String customer, String verificationSid, int codeLength, Instant now, Duration life) {
        var end = now.plus(life).truncatedTo(ChronoUnit.MILLIS);
        var seal = seal("challenge", callSid, customer, end, verificationSid, Integer.toString(codeLength));
        return new Challenge(callSid, customer, verificationSid, codeLength, end, seal);
    }

    /** Whether the grant is ours, of this call, and still good. */
    public boolean isGood(Grant grant, String callSid, Instant now) {
        return isSame(seal("grant", grant.callSid(), grant.customer(), grant.expiresAt()), grant.seal())
                && grant.callSid().equals(callSid)
                && now.isBefore(grant.expiresAt());
    }

    /** Whether the challenge is ours, of this call, and may still be met. */
    public boolean isGood(Challenge challenge, String callSid, Instant now) {
        return isOurs(challenge, callSid) && now.isBefore(challenge.expiresAt());
    }

    /** Whether the challenge is ours and of this call, be it expired or not. */
    boolean isOurs(Challenge challenge, String callSid) {
        var expected = seal(
                "challenge",
                challenge.callSid(),
                challenge.customer(),
                challenge.expiresAt(),
                challenge.verificationSid(),
                Integer.toString(challenge.codeLength()));
        return isSame(expected, challenge.seal()) && challenge.callSid().equals(callSid);
    }

    private String seal(String kind, String callSid, String customer, Instant end, String... more) {
        var parts = new ArrayList<>(List.of(kind, callSid, customer, Long.toString(end.toEpochMilli())));
        parts.addAll(List.of(more));
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (var part : parts) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
