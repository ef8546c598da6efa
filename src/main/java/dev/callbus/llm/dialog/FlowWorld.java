package dev.callbus.llm.dialog;

import dev.callbus.llm.ToolSpec;
import java.util.Collection;

/**
 * What flow files name but don't describe.
 *
 * @param intents what callers may mean, as the phrases say
 * @param tools all tools of the server; which of them a conversation has is for its agent to say
 */
record FlowWorld(Collection<String> intents, Collection<ToolSpec> tools) {}
