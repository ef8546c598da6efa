package dev.callbus.asset;

import dev.callbus.llm.ModelChoice;

/**
 * A context document: who the agent is and how it works.
 *
 * @param key the document's name
 * @param text the model's instructions
 * @param model which model is to follow them
 */
public record AgentContext(String key, String text, ModelChoice model) {

    /** A context for the configured model. */
    public AgentContext(String key, String text) {
        this(key, text, ModelChoice.CONFIGURED);
    }
}
