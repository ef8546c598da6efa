package dev.callbus.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a configuration is read from, weakest first.
 *
 * @param yamlName how the YAML file is called in faults
 * @param yaml its text, or null if there is none
 * @param dotEnv the text of {@code .env}, or null if there is none
 * @param environment of the process
 * @param workingDirectory that relative paths start from
 */
record ConfigSources(
        String yamlName,
        @Nullable String yaml,
        @Nullable String dotEnv,
        Map<String, String> environment,
        Path workingDirectory) {}
