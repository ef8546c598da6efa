package dev.callbus.call;

import dev.callbus.asset.ToolManifest;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ModelChoice;
import dev.callbus.llm.ToolCall;
import dev.callbus.servicenow.CallRecord;
import dev.callbus.tool.Standing;
import java.time.Duration;
import java.util.List;

/** Everything that a call wants done. */
public sealed interface CallEffect {

    /** Send this to the caller's channel. */
    record Send(CallProtocol.ToChannel frame) implements CallEffect {}

    /**
     * Ask the model for the next message.
     *
     * @param tools that it may call; none once it did so often enough
     * @param verified whether protected tools are among them
     */
    record AskModel(
            RequestId request, List<ChatMessage> messages, ToolManifest tools, boolean verified, ModelChoice model)
            implements CallEffect {
        public AskModel {
            messages = List.copyOf(messages);
        }
    }

    /** Stop the model: nobody wants the rest of this answer. */
    record CancelModel(RequestId request) implements CallEffect {}

    /**
     * Run this tool and hand in what it returns, whatever becomes of the turn.
     *
     * @param manifest the tools that the call has
     * @param standing what is known of the caller at this moment
     */
    record RunTool(RequestId request, ToolCall call, ToolManifest manifest, Standing standing) implements CallEffect {}

    /** Start this timer, anew if it runs. {@link CallTimer#SILENCE} ticks at this interval, the others run out once. */
    record Arm(CallTimer timer, Duration after) implements CallEffect {}

    /** Stop this timer. */
    record Disarm(CallTimer timer) implements CallEffect {}

    /** File what was said and done, now that the call is over. */
    record File(CallRecord call) implements CallEffect {}

    /** Tell those who watch. */
    record Announce(CallEvent event) implements CallEffect {}

    /** The call is over; no effect follows, no input is wanted. */
    record Close(String reason) implements CallEffect {}
}
