package dev.callbus.llm;

/**
 * A tool as the model sees it.
 *
 * @param schema JSON Schema of its arguments, as text
 */
public record ToolSpec(String name, String description, String schema) {}
