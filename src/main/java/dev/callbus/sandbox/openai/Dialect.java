package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** One of the APIs in which the server can be asked; scripts don't see the difference. */
interface Dialect {

    /** Checks a request and takes what a script needs; throws {@link ApiError.Refusal} with the first fault found. */
    ChatRequest read(JsonNode json);

    /** Answers, unless the fault of the cue is one that comes before any answer. */
    void respond(ChatRequest request, Cue cue, Answering answering);
}
