package dev.callbus.config;

import java.net.URI;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads the chain of model providers. */
final class LlmReader {
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final URI NO_SERVER_YET = URI.create("http://127.0.0.1:0/v1");

    /** What servers get that need no key: some refuse a request without an Authorization header. */
    private static final Secret DUMMY_KEY = new Secret("no-key");

    private static final ValueParser<String> ROLE = ValueParser.oneOf("system", "developer");
    private static final ValueParser<String> LIMIT_FIELD = ValueParser.oneOf("max_completion_tokens", "max_tokens");
    private static final ValueParser<Integer> LIMIT = ValueParser.integer(1, 1_000_000);
    private static final ValueParser<Double> TEMPERATURE = ValueParser.decimal(0, 2);
    private static final ValueParser<String> MODEL =
            ValueParser.matching("\\S+", "is no model name", "write it as the provider lists it, without spaces");
    private static final ValueParser<String> EFFORT =
            ValueParser.matching("[a-z]+", "is no effort", "write it as the provider lists it, such as low");
    private static final ValueParser<Secret> KEY = text -> {
        if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new Refused("has characters that no key has", "copy it again, without spaces and quotes");
        }
        return new Secret(text);
    };

    private final SettingReader reader;

    LlmReader(SettingReader reader) {
        this.reader = reader;
    }

    LlmSettings settings() {
        var chain = new ArrayList<LlmSettings.Provider>();
        chain.add(first());
        for (int i = 0; i < reader.layers().entries(SettingLayers.FALLBACK); i++) {
            chain.add(fallback(SettingLayers.FALLBACK + "[" + i + "].", i));
        }
        return new LlmSettings(
                chain,
                reader.get(ConfigKey.LLM_FIRST_TOKEN_TIMEOUT, ValueParser.DURATION),
                reader.get(ConfigKey.LLM_IDLE_TIMEOUT, ValueParser.DURATION),
                reader.get(ConfigKey.LLM_RETRIES, ValueParser.integer(0, 10)));
    }

    private LlmSettings.Provider first() {
        var key = reader.find(ConfigKey.LLM_API_KEY, KEY);
        var url = reader.find(ConfigKey.LLM_BASE_URL, ValueParser.BASE_URL);
        boolean reachable = reader.isWritten(ConfigKey.LLM_API_KEY) || reader.isWritten(ConfigKey.LLM_BASE_URL);
        var provider = reader.find(ConfigKey.LLM_PROVIDER, ValueParser.oneOf("openai-chat", "sandbox"));
        if ("openai-chat".equals(provider) && !reachable) {
            reader.fault(
                    ConfigKey.LLM_PROVIDER,
                    provider,
                    "needs a key or the URL of a server that wants none",
                    "set " + ConfigKey.LLM_API_KEY.howToSet() + " or OPENAI_BASE_URL, or LLM_PROVIDER=sandbox");
        }
        boolean sandboxed = provider == null ? !reachable : provider.equals("sandbox");
        var baseUrl = url == null ? OPENAI : url;
        return new LlmSettings.Provider(
                sandboxed ? "sandbox" : name(baseUrl),
                LlmSettings.Api.OPENAI_CHAT,
                sandboxed ? NO_SERVER_YET : baseUrl,
                sandboxed || key == null ? DUMMY_KEY : key,
                sandboxed ? "sandbox" : reader.get(ConfigKey.LLM_MODEL, MODEL),
                reader.get(ConfigKey.LLM_SYSTEM_ROLE, ROLE),
                reader.find(ConfigKey.LLM_MAX_TOKENS, LIMIT),
                reader.get(ConfigKey.LLM_MAX_TOKENS_FIELD, LIMIT_FIELD),
                reader.find(ConfigKey.LLM_TEMPERATURE, TEMPERATURE),
                reader.find(ConfigKey.LLM_REASONING_EFFORT, EFFORT),
                sandboxed);
    }

    private LlmSettings.Provider fallback(String path, int index) {
        var url = required(path + "baseUrl", ValueParser.BASE_URL, OPENAI);
        var model = required(path + "model", MODEL, "");
        return new LlmSettings.Provider(
                or(reader.findAt(path + "name", ValueParser.TEXT), name(url) + "-" + (index + 1)),
                LlmSettings.Api.OPENAI_CHAT,
                url,
                or(reader.findAt(path + "apiKey", KEY), DUMMY_KEY),
                model,
                or(reader.findAt(path + "systemRole", ROLE), "system"),
                reader.findAt(path + "maxTokens", LIMIT),
                or(reader.findAt(path + "maxTokensField", LIMIT_FIELD), "max_completion_tokens"),
                reader.findAt(path + "temperature", TEMPERATURE),
                reader.findAt(path + "reasoningEffort", EFFORT),
                false);
    }

    private <T> T required(String path, ValueParser<T> parser, T otherwise) {
        if (reader.layers().atPath(path) == null) {
            reader.faults()
                    .add(new ConfigFault(path, "not set", null, "is missing", "each fallback needs baseUrl and model"));
        }
        return or(reader.findAt(path, parser), otherwise);
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static String name(URI baseUrl) {
        return baseUrl.equals(OPENAI) ? "openai" : String.valueOf(baseUrl.getHost());
    }
}
