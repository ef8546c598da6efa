package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** OpenAI's Responses API, streaming only. */
final class ResponsesDialect implements Dialect {

    @Override
    public ChatRequest read(JsonNode json) {
        return ResponsesReader.read(json);
    }

    @Override
    public void respond(ChatRequest request, Cue cue, Answering answering) {
        answering.play(ResponsePlan.of(cue, request));
    }
}
