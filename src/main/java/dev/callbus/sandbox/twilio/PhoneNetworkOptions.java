package dev.callbus.sandbox.twilio;

/**
 * How a phone network behaves.
 *
 * @param authToken the account's primary token, which signs everything
 * @param tunnel the way to the server
 * @param voicePath the voice webhook of the number that is called
 */
public record PhoneNetworkOptions(
        String accountSid, String authToken, Tunnel tunnel, String voicePath, PhoneTimes times) {

    /** A network with the timings that were observed at Twilio. */
    public static PhoneNetworkOptions lifelike(String accountSid, String authToken, Tunnel tunnel) {
        return new PhoneNetworkOptions(
                accountSid, authToken, tunnel, "/connectConversationRelay", PhoneTimes.lifelike());
    }

    /** The same with everything so many times as fast. */
    public PhoneNetworkOptions faster(double times) {
        return withTimes(this.times.faster(times));
    }

    /** The same with other timings. */
    public PhoneNetworkOptions withTimes(PhoneTimes times) {
        return new PhoneNetworkOptions(accountSid, authToken, tunnel, voicePath, times);
    }

    /** The same for a number with another voice webhook. */
    public PhoneNetworkOptions withVoicePath(String voicePath) {
        return new PhoneNetworkOptions(accountSid, authToken, tunnel, voicePath, times);
    }

    /** What may be shown of the options: all but the token. */
    @Override
    public String toString() {
        return "PhoneNetworkOptions[accountSid=" + accountSid + ", tunnel=" + tunnel + ", voicePath=" + voicePath + "]";
    }
}
