package dev.callbus.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How answers are made.
 *
 * @param chain the providers, first choice first; the next one is asked when one fails before its first token. It may be empty if
 *     there is a flow.
 * @param firstTokenTimeout within which the first token must come, retries at the same provider included
 * @param idleTimeout the longest pause within an answer
 * @param retries how often the same provider is asked again before the first token
 * @param flow the flow of the rule-based dialog that answers when no provider does, or null for none
 */
public record LlmSettings(
        List<Provider> chain,
        Duration firstTokenTimeout,
        Duration idleTimeout,
        int retries,
        @Nullable String flow) {
    public LlmSettings {
        chain = List.copyOf(chain);
    }

    /** Settings without a rule-based dialog. */
    public LlmSettings(List<Provider> chain, Duration firstTokenTimeout, Duration idleTimeout, int retries) {
        this(chain, firstTokenTimeout, idleTimeout, retries, null);
    }

    /** The same with another flow of the rule-based dialog, or none. */
    public LlmSettings withFlow(@Nullable String other) {
        return new LlmSettings(chain, firstTokenTimeout, idleTimeout, retries, other);
    }

    /** The same with the sandbox's model server as the only provider, wherever that will be. */
    public LlmSettings throughSandbox() {
        var server = new Provider(
                "sandbox",
                Api.OPENAI_CHAT,
                URI.create("http://127.0.0.1:0/v1"),
                new Secret("no-key"),
                "sandbox",
                "system",
                null,
                "max_completion_tokens",
                null,
                null,
                true);
        return new LlmSettings(List.of(server), firstTokenTimeout, idleTimeout, retries, flow);
    }

    /** The same with the sandbox's model server at this URL, wherever it is in the chain. */
    public LlmSettings withSandboxAt(URI baseUrl) {
        var found = chain.stream()
                .map(provider -> provider.sandboxed() ? provider.at(baseUrl) : provider)
                .toList();
        return new LlmSettings(found, firstTokenTimeout, idleTimeout, retries, flow);
    }

    /** Which API a provider speaks. */
    public enum Api {
        /** OpenAI's Chat Completions, also spoken by most other servers. */
        OPENAI_CHAT,
        /** OpenAI's Responses. */
        OPENAI_RESPONSES,
        /** Flowise's Prediction; the model is the id of a flow. */
        FLOWISE
    }

    /**
     * One provider of answers.
     *
     * @param baseUrl such as {@code https://api.openai.com/v1}
     * @param systemRole {@code system}, or {@code developer} for models that want that
     * @param maxTokens limit of an answer, or null for the vendor's own
     * @param maxTokensField the name of that limit in the request, {@code max_completion_tokens} or {@code max_tokens}
     * @param temperature or null for the vendor's own
     * @param reasoningEffort or null to leave it out
     * @param sandboxed whether it is the sandbox's model
     */
    public record Provider(
            String name,
            Api api,
            URI baseUrl,
            Secret apiKey,
            String model,
            String systemRole,
            @Nullable Integer maxTokens,
            String maxTokensField,
            @Nullable Double temperature,
            @Nullable String reasoningEffort,
            boolean sandboxed) {

        /** The same provider at another URL. */
        public Provider at(URI elsewhere) {
            return new Provider(
                    name,
                    api,
                    elsewhere,
                    apiKey,
                    model,
                    systemRole,
                    maxTokens,
                    maxTokensField,
                    temperature,
                    reasoningEffort,
                    sandboxed);
        }
    }
}
