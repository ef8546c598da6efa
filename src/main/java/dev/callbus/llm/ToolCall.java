package dev.callbus.llm;

import dev.callbus.bus.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The model's wish that a tool be run.
 *
 * @param id unique within its assistant message; the result names it
 * @param arguments JSON text as the model wrote it, not yet checked; {@code {}} when it gave none
 * @param extra what the vendor sent along and wants back unchanged, as a JSON object, or null
 */
public record ToolCall(
        String id, String name, String arguments, @Nullable String extra) implements Protocol {}
