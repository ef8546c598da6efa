package dev.callbus.call;

/**
 * Which model request of a call something belongs to. What arrives for a turn or a round that is over is stale.
 *
 * @param turn the caller's utterance that is being answered, counted from 1
 * @param round the model request within the turn, counted from 1; each round of tools leads to a next one
 */
public record RequestId(int turn, int round) {

    /** A number for the same pair, unique in its call. */
    public long number() {
        return ((long) turn << 32) | round;
    }

    /** The pair behind a {@link #number}. */
    public static RequestId of(long number) {
        return new RequestId((int) (number >>> 32), (int) number);
    }
}
