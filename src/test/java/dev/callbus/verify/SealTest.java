package dev.callbus.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration LIFE = Duration.ofMinutes(10);
    private final Seal seal = new Seal(new Secret("0123456789abcdef0123456789abcdef"));

    @Property
    void anyChangedMemberOfAGrantBreaksIt(
            @ForAll @StringLength(max = 12) String call,
            @ForAll @StringLength(max = 12) String customer,
            @ForAll @StringLength(max = 12) String other,
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long shift) {
        var grant = seal.grant(call, customer, NOW, LIFE);
        assertThat(seal.isGood(grant, call, NOW)).isTrue();
        var later = grant.expiresAt().plusMillis(shift);
        for (var forged : List.of(
                new Grant(call + other, customer, grant.expiresAt(), grant.seal()),
                new Grant(call, customer + other, grant.expiresAt(), grant.seal()),
                new Grant(call, customer, later, grant.seal()),
                new Grant(call, customer, grant.expiresAt(), other),
                new Grant(other, call + customer, grant.expiresAt(), grant.seal()))) {
            assertThat(seal.isGood(forged, forged.callSid(), NOW)).isEqualTo(forged.equals(grant));
        }
    }

    @Property
    void anyChangedMemberOfAChallengeBreaksIt(
            @ForAll @StringLength(max = 12) String call,
            @ForAll @StringLength(max = 12) String customer,
            @ForAll @StringLength(max = 12) String verification,
            @ForAll @StringLength(min = 1, max = 12) String other,
            @ForAll @IntRange(min = 4, max = 10) int length) {
        var good = seal.challenge(call, customer, verification, length, NOW, LIFE);
        assertThat(seal.isGood(good, call, NOW)).isTrue();
        var end = good.expiresAt();
        for (var forged : List.of(
                new Challenge(call + other, customer, verification, length, end, good.seal()),
                new Challenge(call, customer + other, verification, length, end, good.seal()),
                new Challenge(call, customer, verification + other, length, end, good.seal()),
                new Challenge(call, customer, verification, length + 1, end, good.seal()),
                new Challenge(call, customer, verification, length, end.plusMillis(1), good.seal()),
                new Challenge(call, customer, verification, length, end, good.seal() + other))) {
            assertThat(seal.isGood(forged, forged.callSid(), NOW)).isFalse();
            assertThat(seal.isOurs(forged, forged.callSid())).isFalse();
        }
    }

    @Property
    void anotherKeyBreaksBoth(@ForAll @StringLength(min = 1, max = 40) String key) {
        var other = new Seal(new Secret(key + "!"));
        assertThat(other.isGood(seal.grant("CA1", "customer", NOW, LIFE), "CA1", NOW))
                .isFalse();
        assertThat(other.isGood(seal.challenge("CA1", "customer", "VE1", 6, NOW, LIFE), "CA1", NOW))
                .isFalse();
    }

    @Property
    void membersThatRunIntoEachOtherAreNotMistaken(
            @ForAll @StringLength(max = 6) String left, @ForAll @StringLength(min = 1, max = 6) String right) {
        var grant = seal.grant(left, right, NOW, LIFE);
        var shifted = new Grant(left + right, "", grant.expiresAt(), grant.seal());
        assertThat(seal.isGood(shifted, shifted.callSid(), NOW)).isFalse();
    }

    @Test
    void holdsForItsCallAndItsTimeOnly() {
        var grant = seal.grant("CA1", "customer", NOW, LIFE);
        assertThat(seal.isGood(grant, "CA1", NOW.plus(LIFE).minusMillis(1))).isTrue();
        assertThat(seal.isGood(grant, "CA1", NOW.plus(LIFE))).isFalse();
        assertThat(seal.isGood(grant, "CA2", NOW)).isFalse();
        var challenge = seal.challenge("CA1", "customer", "VE1", 6, NOW, LIFE);
        assertThat(seal.isGood(challenge, "CA1", NOW.plus(LIFE))).isFalse();
        assertThat(seal.isGood(challenge, "CA2", NOW)).isFalse();
        assertThat(seal.isOurs(challenge, "CA1")).isTrue();
    }

    @Test
    void aChallengeIsNoGrant() {
        var challenge = seal.challenge("CA1", "customer", "VE1", 6, NOW, LIFE);
        var forged = new Grant("CA1", "customer", challenge.expiresAt(), challenge.seal());
        assertThat(seal.isGood(forged, "CA1", NOW)).isFalse();
    }

    @Test
    void printsNeitherSealNorCustomer() {
        var grant = seal.grant("CA1", "customer", NOW, LIFE);
        assertThat(grant.toString()).doesNotContain(grant.seal(), "customer");
        var challenge = seal.challenge("CA1", "customer", "VE1", 6, NOW, LIFE);
        assertThat(challenge.toString()).doesNotContain(challenge.seal(), "customer", "VE1");
    }
}
