package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A request for an answer that the server has seen.
 *
 * @param id the {@code x-request-id} that the client was told
 * @param body the JSON of the request, or null if it was not a JSON object
 * @param status the HTTP status that was answered, 0 while there is none
 * @param line the line of the rule that was played, 0 if none was
 * @param tokens the tokens of the answer that were sent
 */
public record RecordedRequest(String id, @Nullable JsonNode body, int status, int line, int tokens, Outcome outcome) {}
