package dev.callbus.channel.relay;

import dev.callbus.call.CallProtocol;

/** What a frame that Twilio sent turned out to be. */
sealed interface RelayFrame {

    /** A frame of the protocol. */
    record Message(CallProtocol.FromChannel content) implements RelayFrame {}

    /** A well-formed frame of a type that we don't know; Twilio adds such at any time. */
    record Unknown() implements RelayFrame {}

    /**
     * Not a frame of the protocol.
     *
     * @param reason without any of its contents
     */
    record Malformed(String reason) implements RelayFrame {}
}
