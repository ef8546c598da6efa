/** Flowise's chat flows and agent flows as models: they have their own prompt, memory and tools. */
@NullMarked
package dev.callbus.llm.flowise;

import org.jspecify.annotations.NullMarked;
