package dev.callbus.config;

import java.nio.file.Path;

/** Where the operator's files are: {@code serverConfig.json}, contexts and tool manifests. */
public record AssetSettings(Path directory) {}
