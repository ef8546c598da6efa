package dev.callbus.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for systems that are not configured.
 *
 * @param modelScript the YAML of a script for the model server, or null if it serves the dialog
 * @param directory where what sandbox and phones share on this machine is kept (a key, readable by its owner only)
 */
public record SandboxSettings(@Nullable Path modelScript, Path directory) {}
