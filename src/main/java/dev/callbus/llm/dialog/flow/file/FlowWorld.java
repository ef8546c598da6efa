package dev.callbus.llm.dialog.flow.file;

import dev.callbus.llm.ToolSpec;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What flow files name but don't describe.
 *
 * @param intents what callers may mean, as the phrases say; null if they can't be read, so that it isn't known
 * @param tools all tools of the server; which of them a conversation has is for its agent to say
 */
record FlowWorld(@Nullable Collection<String> intents, Collection<ToolSpec> tools) {}
