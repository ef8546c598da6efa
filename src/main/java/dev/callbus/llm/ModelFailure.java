package dev.callbus.llm;

/** Why a model gave no answer, and so what to do about it. */
public enum ModelFailure {
    /** The vendor refuses the request as it is (400, 404, 422): the same request would fail again. */
    REJECTED,
    /** The key is missing, wrong or not allowed (401, 403). */
    UNAUTHORIZED,
    /** Too many requests (429 for a rate): later may work. */
    RATE_LIMITED,
    /** The account has no budget left (429 {@code insufficient_quota}). */
    QUOTA_EXHAUSTED,
    /** The vendor failed (408, 409, 5xx) or could not be reached. */
    UNAVAILABLE,
    /** No token came in time. */
    TIMEOUT,
    /** The answer broke off or can't be understood. */
    BROKEN,
    /** The vendor's content filter stopped the answer. */
    FILTERED;

    /** Whether asking the same provider again may help. */
    public boolean retryable() {
        return switch (this) {
            case RATE_LIMITED, UNAVAILABLE, BROKEN -> true;
            case REJECTED, UNAUTHORIZED, QUOTA_EXHAUSTED, TIMEOUT, FILTERED -> false;
        };
    }

    /** Whether the provider was not there at all, which costs the caller time. */
    public boolean isOutage() {
        return this == UNAVAILABLE || this == TIMEOUT;
    }
}
