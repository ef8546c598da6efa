package dev.callbus.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the operator's files are: {@code serverConfig.json}, contexts and tool manifests.
 *
 * @param overrides what counts instead of what {@code serverConfig.json} says
 */
public record AssetSettings(Path directory, Overrides overrides) {

    /** Assets as they are in their files. */
    public AssetSettings(Path directory) {
        this(directory, Overrides.NONE);
    }

    /**
     * What configuration and environment say in place of {@code serverConfig.json}; null leaves that in force.
     *
     * @param welcomeGreeting what the caller hears first
     * @param context the key of the active context
     * @param manifest the key of the active tool manifest
     * @param silenceThreshold of silence before each reminder
     * @param silenceReminders how many reminders there are
     */
    public record Overrides(
            @Nullable String welcomeGreeting,
            @Nullable String context,
            @Nullable String manifest,
            @Nullable Duration silenceThreshold,
            @Nullable Integer silenceReminders) {
        public static final Overrides NONE = new Overrides(null, null, null, null, null);
    }
}
