package dev.callbus.sandbox.twilio.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The verifications of a service by SID. Those that are approved or expired are deleted; others stay until they expire. */
final class VerifyStore {
    private final Map<String, Verification> verifications = new LinkedHashMap<>();
    private final Duration life;

    VerifyStore(Duration life) {
        this.life = life;
    }

    void add(Verification verification) {
        verifications.put(verification.sid(), verification);
    }

    void delete(Verification verification) {
        verifications.remove(verification.sid());
    }

    /** The verification of this SID. */
    Optional<Verification> ofSid(String sid, Instant now) {
        deleteExpired(now);
        return Optional.ofNullable(verifications.get(sid));
    }

    /** The verification of this number that isn't over. */
    Optional<Verification> ofNumber(String to, Instant now) {
        deleteExpired(now);
        return verifications.values().stream()
                .filter(one -> one.to().equals(to) && (one.isPending() || one.isExhausted()))
                .findFirst();
    }

    private void deleteExpired(Instant now) {
        verifications.values().removeIf(one -> !now.isBefore(one.created().plus(life)));
    }
}
