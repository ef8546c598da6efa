package dev.callbus;

import dev.callbus.asset.AssetProtocol;
import dev.callbus.bus.Protocol;
import dev.callbus.bus.StreamProtocol;
import dev.callbus.call.CallEvent;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.SupervisorProtocol;
import dev.callbus.channel.chat.ChatProtocol;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.twilio.TwilioProtocol;
import dev.callbus.verify.VerifyProtocol;
import java.util.List;

/** All protocols of a node, for the codec. */
final class Protocols {
    static final List<Class<? extends Protocol>> ALL = List.of(
            StreamProtocol.class,
            CallProtocol.class,
            CallEvent.class,
            SupervisorProtocol.class,
            LlmProtocol.class,
            ModelEvent.class,
            ChatMessage.class,
            ToolCall.class,
            ToolOutcome.Action.class,
            AssetProtocol.class,
            TwilioProtocol.class,
            ServiceNowProtocol.class,
            VerifyProtocol.class,
            ChatProtocol.class);

    private Protocols() {}
}
