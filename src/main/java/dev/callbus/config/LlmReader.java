package dev.callbus.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the chain of model providers. */
final class LlmReader {
    private static final String DIALOG = "dialog";
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final URI DEEPSEEK = URI.create("https://api.deepseek.com");
    private static final URI NO_SERVER_YET = URI.create("http://127.0.0.1:0/v1");

    /** What servers get that need no key: some refuse a request without an Authorization header. */
    private static final Secret DUMMY_KEY = new Secret("no-key");

    private static final ValueParser<String> ROLE = ValueParser.oneOf("system", "developer");
    private static final ValueParser<String> LIMIT_FIELD = ValueParser.oneOf("max_completion_tokens", "max_tokens");
    private static final ValueParser<Integer> LIMIT = ValueParser.integer(1, 1_000_000);
    private static final ValueParser<Double> TEMPERATURE = ValueParser.decimal(0, 2);
    private static final ValueParser<String> MODEL =
            ValueParser.matching("\\S+", "is no model name", "write it as the provider lists it, without spaces");
    private static final ValueParser<String> FLOW = ValueParser.matching(
            "[A-Za-z0-9_-]+", "is no name of a flow", "write the name of a file in assets/dialogs");
    /** The dialog is no vendor: nothing is configured for it here. */
    private static final ValueParser<Optional<LlmVendor>> FIRST = text -> {
        var words = Stream.concat(Arrays.stream(LlmVendor.values()).map(LlmVendor::word), Stream.of(DIALOG));
        var word = ValueParser.oneOf(words.toArray(String[]::new)).parse(text);
        return word.equals(DIALOG) ? Optional.empty() : Optional.of(LlmVendor.PARSER.parse(word));
    };

    private static final ValueParser<String> EFFORT =
            ValueParser.matching("[a-z]+", "is no effort", "write it as the provider lists it, such as low");
    private static final ValueParser<Secret> KEY = text -> {
        if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new Refused("has characters that no key has", "copy it again, without spaces and quotes");
        }
        return new Secret(text);
    };

    private static final ValueParser<URI> FLOWISE_SERVER = text -> {
        var url = ValueParser.BASE_URL.parse(text);
        if (String.valueOf(url.getPath()).contains("/api/v1")) {
            throw new Refused("names an endpoint", "write the server only, such as http://127.0.0.1:3001");
        }
        return url;
    };

    private static final Access SANDBOX = new Access("sandbox", NO_SERVER_YET, DUMMY_KEY, "sandbox");

    private final SettingReader reader;
    private final String role;
    private final Tuning tuning;
    private final Access deepSeek;
    private final Access flowise;

    LlmReader(SettingReader reader) {
        this.reader = reader;
        role = reader.get(ConfigKey.LLM_SYSTEM_ROLE, ROLE);
        tuning = new Tuning(
                reader.find(ConfigKey.LLM_MAX_TOKENS, LIMIT),
                reader.find(ConfigKey.LLM_MAX_TOKENS_FIELD, LIMIT_FIELD),
                reader.find(ConfigKey.LLM_TEMPERATURE, TEMPERATURE),
                reader.find(ConfigKey.LLM_REASONING_EFFORT, EFFORT));
        deepSeek = new Access(
                LlmVendor.DEEPSEEK.word(),
                DEEPSEEK,
                or(reader.find(ConfigKey.DEEPSEEK_API_KEY, KEY), DUMMY_KEY),
                reader.get(ConfigKey.DEEPSEEK_MODEL, MODEL));
        flowise = new Access(
                LlmVendor.FLOWISE.word(),
                or(reader.find(ConfigKey.FLOWISE_URL, FLOWISE_SERVER), NO_SERVER_YET),
                or(reader.find(ConfigKey.FLOWISE_API_KEY, KEY), Secret.NONE),
                or(reader.find(ConfigKey.FLOWISE_CHATFLOW_ID, MODEL), ""));
    }

    LlmSettings settings() {
        var chain = new ArrayList<LlmSettings.Provider>();
        var vendor = firstVendor();
        if (vendor != null) {
            chain.add(first(vendor));
        }
        for (int i = 0; i < reader.layers().entries(SettingLayers.FALLBACK); i++) {
            chain.add(fallback(SettingLayers.FALLBACK + "[" + i + "].", i, chain));
        }
        return new LlmSettings(
                chain,
                reader.get(ConfigKey.LLM_FIRST_TOKEN_TIMEOUT, ValueParser.DURATION),
                reader.get(ConfigKey.LLM_IDLE_TIMEOUT, ValueParser.DURATION),
                reader.get(ConfigKey.LLM_RETRIES, ValueParser.integer(0, 10)),
                flow(chain.isEmpty()));
    }

    /** The dialog is there if it is wanted or nothing else is. */
    private @Nullable String flow(boolean alone) {
        var flow = reader.get(ConfigKey.DIALOG_FLOW, FLOW);
        return reader.get(ConfigKey.DIALOG_LAST_RESORT, ValueParser.BOOLEAN) || alone ? flow : null;
    }

    private LlmSettings.Provider first(LlmVendor vendor) {
        var access = switch (vendor) {
            case OPENAI_CHAT, OPENAI_RESPONSES -> openAi();
            case DEEPSEEK -> {
                if (!reader.isWritten(ConfigKey.DEEPSEEK_API_KEY)) {
                    missing(ConfigKey.DEEPSEEK_API_KEY);
                }
                yield deepSeek;
            }
            case FLOWISE -> {
                Stream.of(ConfigKey.FLOWISE_URL, ConfigKey.FLOWISE_CHATFLOW_ID)
                        .filter(key -> !reader.isWritten(key))
                        .forEach(this::missing);
                yield flowise;
            }
            case SANDBOX -> SANDBOX;
        };
        return access.with(access.name(), vendor, role, tuning);
    }

    /** The provider that is asked first; none if there is only the dialog. */
    private @Nullable LlmVendor firstVendor() {
        boolean reachable = reader.isWritten(ConfigKey.LLM_API_KEY) || reader.isWritten(ConfigKey.LLM_BASE_URL);
        var choice = reader.find(ConfigKey.LLM_PROVIDER, FIRST);
        if (choice == null) {
            return reachable ? LlmVendor.OPENAI_CHAT : null;
        }
        if (choice.isEmpty()) {
            if (reader.layers().entries(SettingLayers.FALLBACK) > 0) {
                reader.fault(
                        ConfigKey.LLM_PROVIDER,
                        DIALOG,
                        "always answers, so that no fallback would ever be asked",
                        "remove llm.fallback, or leave the provider empty: the dialog is asked last by itself");
            }
            return null;
        }
        var vendor = choice.get();
        boolean isOpenAi = vendor == LlmVendor.OPENAI_CHAT || vendor == LlmVendor.OPENAI_RESPONSES;
        if (isOpenAi && !reachable) {
            reader.fault(
                    ConfigKey.LLM_PROVIDER,
                    vendor.word(),
                    "needs a key or the URL of a server that wants none",
                    "set " + ConfigKey.LLM_API_KEY.howToSet() + " or OPENAI_BASE_URL, or LLM_PROVIDER=dialog");
        }
        return vendor;
    }

    private Access openAi() {
        var url = or(reader.find(ConfigKey.LLM_BASE_URL, ValueParser.BASE_URL), OPENAI);
        var key = or(reader.find(ConfigKey.LLM_API_KEY, KEY), DUMMY_KEY);
        return new Access(name(url), url, key, reader.get(ConfigKey.LLM_MODEL, MODEL));
    }

    private void missing(ConfigKey key) {
        reader.fault(key, null, "is missing", "set " + key.howToSet() + ", or LLM_PROVIDER=dialog");
    }

    private LlmSettings.Provider fallback(String path, int index, List<LlmSettings.Provider> before) {
        var vendor = or(reader.findAt(path + "provider", LlmVendor.PARSER), LlmVendor.OPENAI_CHAT);
        var access = switch (vendor) {
            case OPENAI_CHAT, OPENAI_RESPONSES -> {
                var url = required(path + "baseUrl", ValueParser.BASE_URL, OPENAI);
                var model = required(path + "model", MODEL, "");
                yield new Access(name(url) + "-" + (index + 1), url, DUMMY_KEY, model);
            }
            case DEEPSEEK -> {
                require(path + "apiKey", ConfigKey.DEEPSEEK_API_KEY);
                yield deepSeek;
            }
            case FLOWISE -> {
                require(path + "baseUrl", ConfigKey.FLOWISE_URL);
                require(path + "model", ConfigKey.FLOWISE_CHATFLOW_ID);
                yield flowise;
            }
            case SANDBOX -> SANDBOX;
        };
        var server = vendor == LlmVendor.FLOWISE ? FLOWISE_SERVER : ValueParser.BASE_URL;
        boolean taken = before.stream().anyMatch(other -> other.name().equals(access.name()));
        return access.at(
                        or(reader.findAt(path + "baseUrl", server), access.baseUrl()),
                        or(reader.findAt(path + "apiKey", KEY), access.key()),
                        or(reader.findAt(path + "model", MODEL), access.model()))
                .with(
                        or(
                                reader.findAt(path + "name", ValueParser.TEXT),
                                taken ? access.name() + "-" + (index + 1) : access.name()),
                        vendor,
                        or(reader.findAt(path + "systemRole", ROLE), "system"),
                        new Tuning(
                                reader.findAt(path + "maxTokens", LIMIT),
                                reader.findAt(path + "maxTokensField", LIMIT_FIELD),
                                reader.findAt(path + "temperature", TEMPERATURE),
                                reader.findAt(path + "reasoningEffort", EFFORT)));
    }

    private void require(String path, ConfigKey otherwise) {
        if (reader.layers().atPath(path) == null && !reader.isWritten(otherwise)) {
            reader.faults()
                    .add(new ConfigFault(
                            path, "not set", null, "is missing", "write it, or set " + otherwise.howToSet()));
        }
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

    /** What may be set for a provider and is left to the vendor if not. */
    private record Tuning(
            @Nullable Integer maxTokens,
            @Nullable String maxTokensField,
            @Nullable Double temperature,
            @Nullable String reasoningEffort) {}

    /** Where a provider is, as whom it knows us, and its model. */
    private record Access(String name, URI baseUrl, Secret key, String model) {
        Access at(URI elsewhere, Secret otherKey, String otherModel) {
            return new Access(name, elsewhere, otherKey, otherModel);
        }

        LlmSettings.Provider with(String called, LlmVendor vendor, String systemRole, Tuning tuning) {
            return new LlmSettings.Provider(
                    called,
                    vendor.api(),
                    baseUrl,
                    key,
                    model,
                    systemRole,
                    tuning.maxTokens(),
                    or(tuning.maxTokensField(), vendor.limitField()),
                    tuning.temperature(),
                    tuning.reasoningEffort(),
                    vendor == LlmVendor.SANDBOX);
        }
    }
}
