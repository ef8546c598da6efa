/** OpenAI's Chat Completions and the servers that speak it more or less alike. */
@NullMarked
package dev.callbus.llm.openai;

import org.jspecify.annotations.NullMarked;
