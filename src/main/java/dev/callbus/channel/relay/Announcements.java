package dev.callbus.channel.relay;

/**
 * The sentences that Twilio speaks by itself, while no agent is on the line.
 *
 * @param busy when no agent can be had
 * @param again when the line to the agent broke and is set up again
 * @param broken when the line to the agent broke for good
 * @param nobody when the caller should talk to a person and there is none
 */
public record Announcements(String busy, String again, String broken, String nobody) {
    public static final Announcements ENGLISH = new Announcements(
            "Sorry, we can't take your call right now. Please try again in a few minutes. Goodbye.",
            "Sorry, the line dropped for a moment. I am back. Please go on.",
            "Sorry, we have a technical problem. Please call again in a few minutes. Goodbye.",
            "Sorry, nobody is available to talk to you right now. Please call again later. Goodbye.");
}
