package dev.callbus.llm;

/** A model that may be asked, and the question in the form that is meant for it. */
record Candidate(LanguageModel model, LlmProtocol.Generate question) {

    /** The provider and the model, such as {@code openai:gpt-4o}. */
    String name() {
        return model.nameFor(question);
    }

    LanguageModel.Answer stream(LanguageModel.Sink sink) {
        return model.stream(question, sink);
    }
}
