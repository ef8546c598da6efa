package dev.callbus.call;

import dev.callbus.llm.ModelEvent;
import dev.callbus.tool.ToolOutcome;

/** Everything that can happen to a call. */
public sealed interface CallInput permits CallProtocol.ToCall, CallInput.Model, CallInput.ToolReturned, CallInput.Due {

    /** The model said something in answer to a request of this turn. */
    record Model(RequestId request, ModelEvent event) implements CallInput {}

    /** A tool that was run is done. */
    record ToolReturned(RequestId request, String callId, ToolOutcome outcome) implements CallInput {}

    /** A timer that the call armed has run out. */
    record Due(CallTimer timer) implements CallInput {}
}
