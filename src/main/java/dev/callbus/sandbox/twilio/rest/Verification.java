package dev.callbus.sandbox.twilio.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One verification of a number, from its first code until it is deleted. Whoever uses it holds the lock of its {@link VerifyStore}. */
final class Verification {
    private static final int MOST_SENDS = 5;
    private static final int MOST_CHECKS = 5;

    private final String sid = Sid.create("VE");
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Instant> looks = new ArrayList<>();
    private final String to;
    private final String code;
    private final Instant created;
    private String status = "pending";
    private Instant updated;
    private int checks;

    Verification(String to, String code, Instant now) {
        this.to = to;
        this.code = code;
        this.created = now;
        this.updated = now;
    }

    /** One sending of the code. */
    record Attempt(String sid, String channel, Instant time) {}

    String sid() {
        return sid;
    }

    String to() {
        return to;
    }

    String code() {
        return code;
    }

    String status() {
        return status;
    }

    boolean isPending() {
        return status.equals("pending");
    }

    /** Whether nothing more can be sent or checked until it expires: all codes that may be tried were tried. */
    boolean isExhausted() {
        return status.equals("max_attempts_reached");
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        return updated;
    }

    /** The sendings, oldest first. */
    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** The channel of the last sending. */
    String channel() {
        return attempts.getLast().channel();
    }

    /** Sends the code once more; refused with 60202 and 60203 beyond the limits. */
    void send(String channel, Instant now) {
        if (isExhausted()) {
            throw new RestError(429, 60202, "Max check attempts reached");
        }
        if (attempts.size() == MOST_SENDS) {
            throw new RestError(429, 60203, "Max send attempts reached");
        }
        attempts.add(new Attempt(Sid.create("VL"), channel, now));
        updated = now;
    }

    /** Whether this is the code; refused with 60202 after five that weren't. */
    boolean check(String tried, Instant now) {
        if (checks == MOST_CHECKS) {
            move("max_attempts_reached", now);
            throw new RestError(429, 60202, "Max check attempts reached");
        }
        checks++;
        if (tried.equals(code)) {
            move("approved", now);
            return true;
        }
        updated = now;
        return false;
    }

    /** Gives it another status. */
    void move(String other, Instant now) {
        status = other;
        updated = now;
    }

    /** Counts a look at it; refused with 20429 beyond 60 in a minute, 180 in an hour or 250 in a day. */
    void look(Instant now) {
        if (since(now, Duration.ofMinutes(1)) >= 60
                || since(now, Duration.ofHours(1)) >= 180
                || since(now, Duration.ofDays(1)) >= 250) {
            throw new RestError(429, 20429, "Too many requests");
        }
        looks.add(now);
    }

    private long since(Instant now, Duration time) {
        return looks.stream().filter(look -> look.isAfter(now.minus(time))).count();
    }
}
