/** OpenAI's Chat Completions and Responses, and the servers that speak them more or less alike. */
@NullMarked
package dev.callbus.llm.openai;

import org.jspecify.annotations.NullMarked;
