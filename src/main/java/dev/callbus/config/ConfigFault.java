package dev.callbus.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a file or in the environment.
 *
 * @param key the setting's name as its owner wrote it, such as {@code server.port} or {@code PORT}
 * @param origin where it was written: {@code conf/callbus.yaml line 12}, {@code .env line 3}, {@code environment}
 * @param value what was written, secrets already masked, or null if nothing was
 * @param problem what is wrong with it
 * @param remedy what to do about it
 */
public record ConfigFault(
        String key, String origin, @Nullable String value, String problem, String remedy) {

    @Override
    public String toString() {
        var written = value == null ? "" : " is \"" + value + "\"";
        return key + written + " (" + origin + ")\n      wrong: " + problem + "\n      do:    " + remedy;
    }
}
