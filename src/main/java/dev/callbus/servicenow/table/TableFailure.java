package dev.callbus.servicenow.table;

import dev.callbus.bus.Failure;
import java.time.Duration;
import java.util.List;

/**
 * A request that ServiceNow didn't carry out, or of which that isn't known. Its message is fit for models and logs: it
 * holds nothing of any record.
 */
public final class TableFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient List<String> mandatory;
    private final Duration retryAfter;

    /** @param message without anything of a record */
    public TableFailure(Kind kind, String message) {
        this(kind, message, List.of(), Duration.ZERO);
    }

    private TableFailure(Kind kind, String message, List<String> mandatory, Duration retryAfter) {
        super(message, null, false, false);
        this.kind = kind;
        this.mandatory = mandatory;
        this.retryAfter = retryAfter;
    }

    static TableFailure dataPolicy(List<String> mandatory) {
        var fields = mandatory.isEmpty() ? "unknown fields" : String.join(", ", mandatory);
        return new TableFailure(
                Kind.DATA_POLICY,
                "Data validation failed: " + fields + " are required for this update.",
                mandatory,
                Duration.ZERO);
    }

    static TableFailure rateLimit(Duration retryAfter) {
        return new TableFailure(
                Kind.RATE_LIMIT, "ServiceNow's rate limit is reached. Nothing was done.", List.of(), retryAfter);
    }

    /** What went wrong. */
    public enum Kind {
        /** There is no instance to talk to. */
        NOT_CONFIGURED(Failure.UNAVAILABLE),
        /** 401, or no token. */
        CREDENTIALS(Failure.UNAVAILABLE),
        /** 403: rights don't allow it. */
        FORBIDDEN(Failure.CONFLICT),
        /** 403: mandatory fields are missing. */
        DATA_POLICY(Failure.CONFLICT),
        /** 403: a rule of the instance stopped it. */
        BUSINESS_RULE(Failure.CONFLICT),
        /** 404 on a record. */
        NO_RECORD(Failure.NOT_FOUND),
        /** 400, 405, 406, 413, 415 and other refusals that say the request is wrong. */
        REFUSED(Failure.UNAVAILABLE),
        /** 429. */
        RATE_LIMIT(Failure.BUSY),
        /** No connection: the request wasn't sent. */
        NOT_SENT(Failure.UNAVAILABLE),
        /** Not even tried, as there was no time left. */
        NO_TIME(Failure.TIMEOUT),
        /** Not even tried, after too many failures in a row. */
        CIRCUIT_OPEN(Failure.UNAVAILABLE),
        /** A hibernating instance, or something else that answers with a web page. */
        ASLEEP(Failure.UNAVAILABLE),
        /** The connection broke before the answer. */
        LOST(Failure.BAD_GATEWAY),
        /** 5xx. */
        SERVER_ERROR(Failure.BAD_GATEWAY),
        /** An answer that is no Table API answer. */
        NONSENSE(Failure.BAD_GATEWAY),
        /** No answer in time. */
        TIMEOUT(Failure.TIMEOUT);

        private final Failure failure;

        Kind(Failure failure) {
            this.failure = failure;
        }
    }

    public Kind kind() {
        return kind;
    }

    /** The failure that it is on the bus. */
    public Failure failure() {
        return kind.failure;
    }

    /** The labels of the fields that a data policy asks for. */
    public List<String> mandatory() {
        return mandatory;
    }

    /** How long to wait after a rate limit. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether a write that failed so may have been done all the same. */
    public boolean leavesOutcomeUnknown() {
        return switch (kind) {
            case LOST, SERVER_ERROR, NONSENSE, TIMEOUT, ASLEEP -> true;
            case NOT_CONFIGURED,
                    CREDENTIALS,
                    FORBIDDEN,
                    DATA_POLICY,
                    BUSINESS_RULE,
                    NO_RECORD,
                    REFUSED,
                    RATE_LIMIT,
                    NOT_SENT,
                    NO_TIME,
                    CIRCUIT_OPEN -> false;
        };
    }

    /** Whether ServiceNow understood the request and will refuse it again. */
    public boolean isVerdict() {
        return switch (kind) {
            case FORBIDDEN, DATA_POLICY, BUSINESS_RULE, NO_RECORD, REFUSED -> true;
            case NOT_CONFIGURED,
                    CREDENTIALS,
                    RATE_LIMIT,
                    NOT_SENT,
                    NO_TIME,
                    CIRCUIT_OPEN,
                    ASLEEP,
                    LOST,
                    SERVER_ERROR,
                    NONSENSE,
                    TIMEOUT -> false;
        };
    }

    /** Whether it tells of an instance that is down rather than of this request. */
    boolean isOutage() {
        return switch (kind) {
            case NOT_SENT, LOST, SERVER_ERROR, TIMEOUT, ASLEEP -> true;
            case NOT_CONFIGURED,
                    CREDENTIALS,
                    FORBIDDEN,
                    DATA_POLICY,
                    BUSINESS_RULE,
                    NO_RECORD,
                    REFUSED,
                    RATE_LIMIT,
                    NO_TIME,
                    CIRCUIT_OPEN,
                    NONSENSE -> false;
        };
    }

    /** Whether a request that changes nothing is worth another try. */
    boolean isPassing() {
        return isOutage() && kind != Kind.ASLEEP;
    }
}
