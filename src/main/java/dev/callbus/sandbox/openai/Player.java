package dev.callbus.sandbox.openai;

/** Finds what is answered to a request. */
interface Player {

    /** What is answered; the request is valid. */
    Cue play(ChatRequest request);
}
