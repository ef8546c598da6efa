package dev.callbus.config;

import dev.callbus.config.ApiSettings.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads who may use the API. */
final class ApiReader {
    private static final int SHORTEST = 16;
    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);

    private static final ValueParser<Secret> KEY = text -> {
        if (text.length() < SHORTEST || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new Refused(
                    "is no key that is hard enough to guess",
                    "make one with \"openssl rand -hex 24\": " + SHORTEST + " characters at least, without spaces");
        }
        return new Secret(text);
    };

    private static final ValueParser<Set<Scope>> SCOPES = text -> {
        var scopes = EnumSet.noneOf(Scope.class);
        for (var word : text.split("[,\\s]+", -1)) {
            try {
                scopes.add(Scope.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new Refused("has the unknown scope \"" + word + "\"", "write some of " + names());
            }
        }
        return scopes;
    };

    private final SettingReader reader;

    ApiReader(SettingReader reader) {
        this.reader = reader;
    }

    /** @param from the number that our calls come from, or null */
    ApiSettings settings(@Nullable String from) {
        return new ApiSettings(
                keys(),
                reader.get(ConfigKey.API_PER_MINUTE, ValueParser.integer(1, 1_000_000)),
                outbound(from),
                new ApiSettings.Chat(
                        reader.get(ConfigKey.CHAT_EXPIRY, ValueParser.DURATION),
                        reader.get(ConfigKey.CHAT_SESSIONS, ValueParser.integer(1, 1_000_000)),
                        reader.get(ConfigKey.CHAT_ANSWER_WITHIN, ValueParser.DURATION)));
    }

    private OutboundSettings outbound(@Nullable String from) {
        var allowed = reader.list(ConfigKey.CALLS_ALLOWED);
        if (!allowed.stream().allMatch(number -> number.matches("\\+[0-9]{0,15}"))) {
            reader.fault(
                    ConfigKey.CALLS_ALLOWED,
                    String.join(", ", allowed),
                    "has an entry that is no beginning of a number",
                    "write entries such as \"+1555\", or \"+\" for all numbers");
        }
        return new OutboundSettings(
                from,
                allowed,
                reader.get(ConfigKey.CALLS_PER_NUMBER, ValueParser.integer(1, 10_000)),
                reader.get(ConfigKey.CALLS_RING, ValueParser.DURATION));
    }

    private List<ApiSettings.Key> keys() {
        var keys = new ArrayList<ApiSettings.Key>();
        var single = reader.find(ConfigKey.API_KEY, KEY);
        if (single != null) {
            keys.add(new ApiSettings.Key("default", single, ALL));
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < reader.layers().entries(SettingLayers.API_KEYS); i++) {
            var path = SettingLayers.API_KEYS + "[" + i + "].";
            var name = reader.findAt(path + "name", ValueParser.TEXT);
            var secret = reader.findAt(path + "key", KEY);
            var scopes = reader.findAt(path + "scopes", SCOPES);
            if (reader.layers().atPath(path + "key") == null) {
                fault(path + "key", "is missing", "write the key that goes with the name");
            } else if (name == null || !seen.add(name)) {
                fault(path + "name", name == null ? "is missing" : "is there twice", "name whose key it is");
            } else if (secret != null) {
                keys.add(new ApiSettings.Key(name, secret, scopes == null ? ALL : scopes));
            }
        }
        return keys;
    }

    private void fault(String path, String problem, String remedy) {
        reader.faults().add(new ConfigFault(path, "callbus.yaml", null, problem, remedy));
    }

    private static String names() {
        return ALL.stream().map(scope -> scope.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }
}
