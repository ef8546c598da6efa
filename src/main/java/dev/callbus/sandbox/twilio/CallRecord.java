package dev.callbus.sandbox.twilio;

import dev.callbus.time.LoopTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What the account's log shows of a call, while it is up and afterwards. Written on the call's context, read anywhere. */
public final class CallRecord {
    private final CallIdentity identity;
    private final InstantSource clock;
    private final Instant created;
    private final Duration queued;
    private volatile CallStatus status;
    private volatile Instant updated;
    private volatile @Nullable Instant dialled;
    private volatile @Nullable Instant started;
    private volatile @Nullable Instant ended;
    private volatile @Nullable String answeredBy;

    CallRecord(CallIdentity identity, CallStatus status, Duration queued) {
        this(identity, status, queued, LoopTime.clock());
    }

    /** The record of a call whose times are read off this clock. */
    CallRecord(CallIdentity identity, CallStatus status, Duration queued, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
        this.created = clock.instant();
        this.updated = created;
        this.status = status;
        this.queued = queued;
        this.dialled = status == CallStatus.QUEUED ? null : created;
    }

    CallIdentity identity() {
        return identity;
    }

    public String callSid() {
        return identity.callSid();
    }

    public String from() {
        return identity.from();
    }

    public String to() {
        return identity.to();
    }

    /** {@code inbound} or {@code outbound-api}. */
    public String direction() {
        return identity.direction();
    }

    public CallStatus status() {
        return status;
    }

    public Instant created() {
        return created;
    }

    /** When its status changed last. */
    public Instant updated() {
        return updated;
    }

    /** When it was dialled; null while it is queued. */
    public @Nullable Instant dialled() {
        return dialled;
    }

    /** When it was answered. */
    public @Nullable Instant started() {
        return started;
    }

    /** When it ended. */
    public @Nullable Instant ended() {
        return ended;
    }

    /** How long it waited for its turn. */
    public Duration queued() {
        return queued;
    }

    /** What machine detection found, if it was asked. */
    public @Nullable String answeredBy() {
        return answeredBy;
    }

    /** How long it was answered. */
    public Duration duration() {
        var from = started;
        var to = ended;
        return from == null ? Duration.ZERO : Duration.between(from, to == null ? clock.instant() : to);
    }

    void move(CallStatus next) {
        var now = clock.instant();
        if (next == CallStatus.INITIATED) {
            dialled = now;
        }
        if (next == CallStatus.IN_PROGRESS && started == null) {
            started = now;
        }
        if (next.isFinal() && ended == null) {
            ended = now;
        }
        updated = now;
        status = next;
    }

    void answeredBy(String who) {
        answeredBy = who;
    }
}
