package dev.callbus.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads settings as values and gathers the faults of all of them. A faulty setting reads as if it weren't there. */
final class SettingReader {
    private static final int LONGEST_SHOWN = 80;

    private final List<ConfigFault> faults = new ArrayList<>();
    private final SettingLayers layers;

    SettingReader(ConfigSources sources) {
        this.layers = new SettingLayers(sources, faults);
    }

    SettingLayers layers() {
        return layers;
    }

    List<ConfigFault> faults() {
        return faults;
    }

    /** Whether anybody wrote something for this key. */
    boolean isWritten(ConfigKey key) {
        return layers.written(key) != null;
    }

    /** The value of a key that has a standard value. */
    <T> T get(ConfigKey key, ValueParser<T> parser) {
        var found = find(key, parser);
        if (found != null) {
            return found;
        }
        try {
            return parser.parse(key.standard().getFirst());
        } catch (Refused e) {
            throw new IllegalStateException("the standard value of " + key.path() + " " + e.problem(), e);
        }
    }

    /** The value of a key as it was written, or null. */
    <T> @Nullable T find(ConfigKey key, ValueParser<T> parser) {
        return parse(layers.written(key), key.kind() == ConfigKey.Kind.SECRET, parser);
    }

    /** The values of a key that takes a list. */
    List<String> list(ConfigKey key) {
        var written = layers.written(key);
        if (written == null) {
            return key.standard();
        }
        if (written.values().stream().anyMatch(String::isEmpty)) {
            fault(key, null, "has an empty entry", "write words between quotes, or take the entry out");
        }
        return written.values();
    }

    /** The value at a path in YAML, or null. */
    <T> @Nullable T findAt(String path, ValueParser<T> parser) {
        return parse(layers.atPath(path), path.endsWith(".apiKey") || path.endsWith(".key"), parser);
    }

    /** Adds a fault that concerns this key, wherever it was written. */
    void fault(ConfigKey key, @Nullable String value, String problem, String remedy) {
        var written = layers.written(key);
        var name = written == null ? key.path() : written.name();
        faults.add(new ConfigFault(name, written == null ? "not set" : written.origin(), value, problem, remedy));
    }

    private <T> @Nullable T parse(@Nullable Setting setting, boolean secret, ValueParser<T> parser) {
        if (setting == null || setting.values().isEmpty()) {
            return null;
        }
        try {
            return parser.parse(setting.text());
        } catch (Refused e) {
            var shown = secret ? masked(setting.text()) : shown(setting.text());
            faults.add(new ConfigFault(setting.name(), setting.origin(), shown, e.problem(), e.remedy()));
            return null;
        }
    }

    private static String masked(String secret) {
        return "•••• (" + secret.length() + " characters)";
    }

    private static String shown(String text) {
        var withoutPassword = text.replaceAll("^((?:[a-z]+://)?)[^/]*@", "$1••••@");
        return withoutPassword.length() <= LONGEST_SHOWN
                ? withoutPassword
                : withoutPassword.substring(0, LONGEST_SHOWN) + "…";
    }
}
