package dev.callbus.config;

import java.util.Arrays;

/** Whom a provider of answers can be, by the word that is written for it. */
enum LlmVendor {
    /** Any server that speaks OpenAI's Chat Completions. */
    OPENAI_CHAT("openai-chat", LlmSettings.Api.OPENAI_CHAT),
    /** Any server that speaks OpenAI's Responses. */
    OPENAI_RESPONSES("openai-responses", LlmSettings.Api.OPENAI_RESPONSES),
    /** A flow of a Flowise server. */
    FLOWISE("flowise", LlmSettings.Api.FLOWISE),
    /** DeepSeek, which speaks Chat Completions. */
    DEEPSEEK("deepseek", LlmSettings.Api.OPENAI_CHAT),
    /** The sandbox's model server. */
    SANDBOX("sandbox", LlmSettings.Api.OPENAI_CHAT);

    static final ValueParser<LlmVendor> PARSER = text -> of(
            ValueParser.oneOf(Arrays.stream(values()).map(vendor -> vendor.word).toArray(String[]::new))
                    .parse(text));

    private final String word;
    private final LlmSettings.Api api;

    LlmVendor(String word, LlmSettings.Api api) {
        this.word = word;
        this.api = api;
    }

    /** What is written for it. */
    String word() {
        return word;
    }

    /** What it speaks. */
    LlmSettings.Api api() {
        return api;
    }

    /** The name of the limit of tokens that it knows. */
    String limitField() {
        return this == DEEPSEEK ? "max_tokens" : "max_completion_tokens";
    }

    private static LlmVendor of(String word) {
        return Arrays.stream(values())
                .filter(vendor -> vendor.word.equals(word))
                .findFirst()
                .orElseThrow();
    }
}
