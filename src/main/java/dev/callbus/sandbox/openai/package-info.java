/** A scripted model server that speaks OpenAI's Chat Completions wire format, for running and testing without a key. */
@NullMarked
package dev.callbus.sandbox.openai;

import org.jspecify.annotations.NullMarked;
