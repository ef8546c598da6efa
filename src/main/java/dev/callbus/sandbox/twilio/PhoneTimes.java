package dev.callbus.sandbox.twilio;

import java.time.Duration;

/**
 * How long things take on the phone network.
 *
 * @param charactersPerSecond how fast agents speak; people hear about 15
 * @param firstSound from the first words to the first sound
 * @param greetingDelay from the setup to the first sound of the greeting
 * @param partialInterval from one partial prompt to the next
 * @param actionDelay from the end of a session to its action webhook
 * @param failureDelay the same for a session that failed
 * @param handoffTime how long a party that is dialled or queued for is rung before it counts as not there
 * @param twimlSecond how long a second of {@code <Pause>} lasts
 * @param callInterval from one call that the account places to the next
 * @param webhookLimit the longest that a webhook may take, connection and retry included
 */
public record PhoneTimes(
        double charactersPerSecond,
        Duration firstSound,
        Duration greetingDelay,
        Duration partialInterval,
        Duration actionDelay,
        Duration failureDelay,
        Duration handoffTime,
        Duration twimlSecond,
        Duration callInterval,
        Duration webhookLimit) {

    /**
     * The times as observed at Twilio. Source: twilio.com/docs/api/errors/11205 for the limit of 15 seconds,
     * twilio.com/docs/voice/api/call-resource for a call a second.
     */
    public static PhoneTimes lifelike() {
        return new PhoneTimes(
                15,
                Duration.ofMillis(320),
                Duration.ofMillis(700),
                Duration.ofMillis(250),
                Duration.ofMillis(700),
                Duration.ofMillis(1200),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15));
    }

    /** The same with everything so many times as fast, but for the limit, which is the server's time. */
    public PhoneTimes faster(double times) {
        return new PhoneTimes(
                charactersPerSecond * times,
                divide(firstSound, times),
                divide(greetingDelay, times),
                divide(partialInterval, times),
                divide(actionDelay, times),
                divide(failureDelay, times),
                divide(handoffTime, times),
                divide(twimlSecond, times),
                divide(callInterval, times),
                webhookLimit);
    }

    /** The same with another limit for webhooks. */
    public PhoneTimes withWebhookLimit(Duration limit) {
        return new PhoneTimes(
                charactersPerSecond,
                firstSound,
                greetingDelay,
                partialInterval,
                actionDelay,
                failureDelay,
                handoffTime,
                twimlSecond,
                callInterval,
                limit);
    }

    /** The same with another pace of the calls that the account places. */
    public PhoneTimes withCallInterval(Duration interval) {
        return new PhoneTimes(
                charactersPerSecond,
                firstSound,
                greetingDelay,
                partialInterval,
                actionDelay,
                failureDelay,
                handoffTime,
                twimlSecond,
                interval,
                webhookLimit);
    }

    /** How long so much of the callers' and Twilio's own time lasts here. */
    Duration scaled(Duration duration) {
        return twimlSecond.multipliedBy(duration.toMillis()).dividedBy(1000);
    }

    private static Duration divide(Duration duration, double by) {
        return Duration.ofNanos((long) (duration.toNanos() / by));
    }
}
