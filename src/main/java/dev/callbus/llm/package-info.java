/** Language models: the shared service that streams a model's answer to a call, and the edge to the vendors. */
@NullMarked
package dev.callbus.llm;

import org.jspecify.annotations.NullMarked;
