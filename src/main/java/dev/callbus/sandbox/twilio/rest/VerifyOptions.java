package dev.callbus.sandbox.twilio.rest;

import dev.callbus.time.LoopTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How a Verify service works. Source: twilio.com/docs/verify/api/service, twilio.com/docs/verify/api/rate-limits-and-timeouts
 *
 * @param codeLength digits of a code, 4 to 10
 * @param life how long a verification may be met; sending its code again doesn't extend it
 * @param takes how long a request about a number takes, during which no other may come
 * @param random where codes come from
 */
public record VerifyOptions(
        String accountSid,
        String serviceSid,
        int codeLength,
        Duration life,
        Duration takes,
        InstantSource clock,
        RandomGenerator random) {

    /** Twilio's own limits, by the system's clock; requests are answered at once. */
    public static VerifyOptions lifelike(String accountSid, String serviceSid) {
        return new VerifyOptions(
                accountSid, serviceSid, 6, Duration.ofMinutes(10), Duration.ZERO, LoopTime.clock(), new SecureRandom());
    }

    /** The same with codes of another length. */
    public VerifyOptions withCodeLength(int digits) {
        return new VerifyOptions(accountSid, serviceSid, digits, life, takes, clock, random);
    }

    /** The same with requests that take so long. */
    public VerifyOptions withTakes(Duration time) {
        return new VerifyOptions(accountSid, serviceSid, codeLength, life, time, clock, random);
    }

    /** The same with another clock. */
    public VerifyOptions withClock(InstantSource other) {
        return new VerifyOptions(accountSid, serviceSid, codeLength, life, takes, other, random);
    }

    /** The same with codes from elsewhere. */
    public VerifyOptions withRandom(RandomGenerator other) {
        return new VerifyOptions(accountSid, serviceSid, codeLength, life, takes, clock, other);
    }

    String code() {
        var code = new StringBuilder();
        for (int i = 0; i < codeLength; i++) {
            code.append(random.nextInt(10));
        }
        return code.toString();
    }
}
