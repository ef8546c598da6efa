package dev.callbus.config;

import java.util.List;

/**
 * What somebody wrote for one key, still as text.
 *
 * @param name the key as it was written, a YAML path or an environment name
 * @param values one value, or those of a list
 * @param origin where it was written
 */
record Setting(String name, List<String> values, String origin) {
    Setting {
        values = List.copyOf(values);
    }

    /** The only or first value. */
    String text() {
        return values.getFirst();
    }

    /** Whether it stands in the environment or in {@code .env}, not in YAML. */
    boolean isFromEnvironment() {
        return !name.contains(".");
    }

    @Override
    public String toString() {
        return name + " (" + origin + ")";
    }
}
