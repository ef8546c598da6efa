package dev.callbus.llm;

import org.jspecify.annotations.Nullable;

/**
 * Which model a conversation wants; null leaves it to the configuration.
 *
 * @param provider the name of a provider of the configured chain, which is then asked first
 * @param model the vendor's name of a model of that provider, or of the chain's first one
 */
public record ModelChoice(
        @Nullable String provider, @Nullable String model) {
    /** What the configuration says. */
    public static final ModelChoice CONFIGURED = new ModelChoice(null, null);

    /** The named model, else this one. */
    public String modelOr(String configured) {
        return model == null ? configured : model;
    }
}
