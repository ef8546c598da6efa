package dev.callbus.llm.dialog.flow;

import java.util.List;

/**
 * What is done when a tool returned such a result.
 *
 * @param in only in one of these forms; empty for anywhere
 */
public record ResultCase(Condition result, List<String> in, Action action) {}
