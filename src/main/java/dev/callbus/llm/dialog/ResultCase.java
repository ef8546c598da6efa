package dev.callbus.llm.dialog;

import java.util.List;

/**
 * What is done when a tool returned such a result.
 *
 * @param in only in one of these forms; empty for anywhere
 */
record ResultCase(Condition result, List<String> in, Action action) {}
