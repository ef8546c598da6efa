package dev.callbus.scenario.simulation;

/**
 * What reaches a phone beside calls.
 *
 * @param channel {@code sms}, {@code call} (a code that is read out) or {@code whatsapp}
 * @param text the whole message
 * @param code the code in it; "" if it isn't from Verify
 */
public record PhoneMessage(String to, String channel, String text, String code) {

    /** Says where from, not what. */
    @Override
    public String toString() {
        return "PhoneMessage[channel=" + channel + "]";
    }
}
