package dev.callbus.sandbox.twilio;

import java.time.Duration;

/**
 * How a phone network behaves.
 *
 * @param tunnel the way to the server
 * @param voicePath the voice webhook of the number that is called
 * @param charactersPerSecond how fast agents speak; people hear about 15
 * @param firstSound from the first words to the first sound
 * @param greetingDelay from the setup to the greeting
 * @param actionDelay from the end of a session to the action webhook
 * @param handoffTime how long a party that is dialled or queued for is rung before it counts as not there
 */
public record PhoneNetworkOptions(
        String accountSid,
        String authToken,
        Tunnel tunnel,
        String voicePath,
        double charactersPerSecond,
        Duration firstSound,
        Duration greetingDelay,
        Duration actionDelay,
        Duration handoffTime) {

    /** Timings as observed at Twilio. */
    public static PhoneNetworkOptions lifelike(String accountSid, String authToken, Tunnel tunnel) {
        return new PhoneNetworkOptions(
                accountSid,
                authToken,
                tunnel,
                "/connectConversationRelay",
                15,
                Duration.ofMillis(320),
                Duration.ofMillis(700),
                Duration.ofMillis(700),
                Duration.ofSeconds(3));
    }

    /** The same with everything so many times as fast. */
    public PhoneNetworkOptions faster(double times) {
        return new PhoneNetworkOptions(
                accountSid,
                authToken,
                tunnel,
                voicePath,
                charactersPerSecond * times,
                scale(firstSound, times),
                scale(greetingDelay, times),
                scale(actionDelay, times),
                scale(handoffTime, times));
    }

    private static Duration scale(Duration duration, double times) {
        return Duration.ofNanos((long) (duration.toNanos() / times));
    }
}
