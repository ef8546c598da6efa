package dev.callbus.llm.dialog;

import java.util.Map;

/** Decides with which options a flow is followed. */
@FunctionalInterface
public interface FlowOptions {

    /**
     * The options to follow this flow with.
     *
     * @param own those that its file gives
     * @throws DialogException if the flow has no such option as is wanted
     */
    Map<String, String> of(String flow, Map<String, String> own) throws DialogException;
}
