package dev.callbus.call;

import dev.callbus.asset.AgentContext;
import dev.callbus.asset.ToolManifest;
import dev.callbus.bus.Protocol;
import dev.callbus.tool.Standing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a channel and a call say to each other. The vocabulary is that of Twilio's ConversationRelay, which is the
 * reference channel; other channels speak the same.
 *
 * <p>Source: twilio.com/docs/voice/conversationrelay/websocket-messages
 */
public sealed interface CallProtocol extends Protocol {

    /** Whatever may be said to a call. */
    sealed interface ToCall extends CallProtocol, CallInput permits FromChannel, Command {}

    /** What the caller and his channel say to the call. */
    sealed interface FromChannel extends ToCall {}

    /**
     * The call begins; the first message on every connection.
     *
     * @param callSid names the call for its whole life
     * @param sessionId names this connection
     * @param parameters what the TwiML handed along
     */
    record Setup(
            String callSid,
            String sessionId,
            String from,
            String to,
            String direction,
            String callStatus,
            Map<String, String> parameters)
            implements FromChannel {
        public Setup {
            parameters = Map.copyOf(parameters);
        }

        @Override
        public String toString() {
            return "Setup[callSid=" + callSid + ", sessionId=" + sessionId + ", direction=" + direction + "]";
        }
    }

    /** The caller said something; until {@code last} it may still change and is not to be answered. */
    record Prompt(String text, String lang, boolean last) implements FromChannel {

        @Override
        public String toString() {
            return "Prompt[text=•, lang=" + lang + ", last=" + last + "]";
        }
    }

    /**
     * The caller cut the agent short.
     *
     * @param heard what was spoken until then
     * @param afterMillis how long it was spoken
     */
    record Interrupt(String heard, long afterMillis) implements FromChannel {}

    /** The caller pressed a key, one of {@code 0-9 * #}. */
    record Dtmf(String digit) implements FromChannel {

        @Override
        public String toString() {
            return "Dtmf[digit=•]";
        }
    }

    /** The channel reports something about itself, such as {@code agentSpeaking} {@code off}. */
    record Info(String name, String value) implements FromChannel {}

    /** The channel did not accept a message of ours. */
    record Fault(String description) implements FromChannel {}

    /** The connection is gone; nobody hears the call any more. */
    record ChannelLost(String reason) implements FromChannel {}

    /** What others (webhooks, operators, the node itself) want of a call. */
    sealed interface Command extends ToCall {}

    /** Speak these words now, in place of what is being said. */
    record Say(String text) implements Command {}

    /** Tell the model something that the caller doesn't hear. */
    record Note(String text) implements Command {}

    /** Tell the model something that the caller doesn't hear, and have it answer. */
    record Brief(String text) implements Command {}

    /** A ticket that couldn't be filed at first is filed now. */
    record TicketFiled(Standing.Concern ticket) implements Command {}

    /** Be another from now on: what is null stays, and so does all that was said. */
    record Reassign(
            @Nullable AgentContext context, @Nullable ToolManifest manifest) implements Command {}

    /** Speak these words, then end the call. */
    record HangUp(String words, Handoff handoff) implements Command {}

    /** What a call says to its channel. */
    sealed interface ToChannel extends CallProtocol {}

    /** Words to speak; {@code last} closes the talk cycle and is the only frame that may be empty. */
    record Text(String token, boolean last) implements ToChannel {}

    /** Audio to play. {@code loop} 0 means a thousand times. */
    record Play(
            String source,
            int loop,
            @Nullable Boolean preemptible,
            @Nullable Boolean interruptible) implements ToChannel {}

    /** Keys to press; only {@code 0-9 w # *}. */
    record SendDigits(String digits) implements ToChannel {

        @Override
        public String toString() {
            return "SendDigits[digits=•]";
        }
    }

    /** Switches languages; at least one is given. */
    record Language(@Nullable String tts, @Nullable String transcription) implements ToChannel {}

    /** Ends the session; nothing follows. */
    record End(Handoff handoff) implements ToChannel {}
}
