package dev.callbus.channel.chat;

import dev.callbus.bus.Reach;
import dev.callbus.bus.Stream;
import java.time.Duration;

/** The address of the conversations in writing. */
public final class ChatBus {

    /** Says something and streams the answer. Cancelling it cuts the answer short. */
    public static final Stream<ChatProtocol.Question, ChatProtocol> SAY =
            new Stream<>("chat.say", Reach.NODE, Duration.ofSeconds(10), 64);

    private ChatBus() {}
}
