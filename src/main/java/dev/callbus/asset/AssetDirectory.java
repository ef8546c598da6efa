package dev.callbus.asset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callbus.config.ConfigException;
import dev.callbus.config.ConfigFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one directory as assets; it blocks. A context is a file {@code KEY.md}; a tool manifest is a file {@code KEY.json} with
 * "manifest" or "tool" in its name or with {@code tools} in its JSON; {@code serverConfig.json} says which of them are active. Hidden files and
 * folders below are no assets.
 */
final class AssetDirectory {
    static final String SERVER_CONFIG = "serverConfig.json";

    private static final long MAX_BYTES = AssetTexts.MAX_BYTES;
    private static final String CONTEXT_ENDING = ".md";
    private static final String JSON_ENDING = ".json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path directory;

    AssetDirectory(Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory;
    }

    /**
     * Reads all files.
     *
     * @throws ConfigException if the directory can't be listed
     */
    RawAssets read() {
        var reading = new Reading();
        for (var file : files()) {
            reading.add(file);
        }
        return reading.assets();
    }

    /** How the files look from outside, by name; empty if the directory can't be listed. */
    Map<String, Stamp> stamps() {
        var stamps = new TreeMap<String, Stamp>();
        try {
            for (var file : files()) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.put(
                        name(file),
                        new Stamp(
                                attributes.size(),
                                attributes.lastModifiedTime(),
                                String.valueOf(attributes.fileKey())));
            }
        } catch (ConfigException | IOException e) {
            // A file went away while it was looked at, or all of them: the next look tells.
            return Map.of();
        }
        return stamps;
    }

    /** The file of this asset. */
    Path file(AssetKind kind, String key) {
        return switch (kind) {
            case CONTEXT -> directory.resolve(key + CONTEXT_ENDING);
            case MANIFEST -> directory.resolve(key + JSON_ENDING);
            case SERVER_CONFIG -> directory.resolve(SERVER_CONFIG);
        };
    }

    /** A file's text without the byte order mark that some editors put before it. */
    static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private List<Path> files() {
        try (var files = Files.list(directory)) {
            return files.filter(AssetDirectory::mayBeAsset)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigException(
                    "The agent's description",
                    List.of(new ConfigFault(
                            String.valueOf(directory.getFileName()),
                            directory.toString(),
                            null,
                            "can't be listed: " + e.getClass().getSimpleName(),
                            "make it a directory that is there and readable")));
        }
    }

    private static boolean mayBeAsset(Path file) {
        var name = name(file);
        return !name.startsWith(".") && (name.endsWith(CONTEXT_ENDING) || name.endsWith(JSON_ENDING));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** What changes about a file when its text does. */
    record Stamp(long size, FileTime modified, String identity) {}

    /** One pass over the files. */
    private final class Reading {
        private final Map<String, String> contexts = new TreeMap<>();
        private final Map<String, String> manifests = new TreeMap<>();
        private final List<RawAssets.Unread> unread = new ArrayList<>();
        private final List<String> doubts = new ArrayList<>();
        private @Nullable String serverConfig;
        private boolean isServerConfigThere;

        void add(Path file) {
            var name = name(file);
            if (name.equals(SERVER_CONFIG)) {
                isServerConfigThere = true;
                serverConfig = text(file, AssetKind.SERVER_CONFIG, AssetKind.SERVER_CONFIG_KEY);
                return;
            }
            boolean isContext = name.endsWith(CONTEXT_ENDING);
            var ending = isContext ? CONTEXT_ENDING : JSON_ENDING;
            var key = name.substring(0, name.length() - ending.length());
            if (!AssetKey.isKey(key) || (!isContext && AssetKey.isServerConfig(key))) {
                doubts.add(file + " is left out, because keys have " + AssetKey.ALPHABET + " only");
            } else if (isContext) {
                put(contexts, key, text(file, AssetKind.CONTEXT, key));
            } else {
                addJson(file, key);
            }
        }

        private void addJson(Path file, String key) {
            var lower = key.toLowerCase(Locale.ROOT);
            boolean isNamedSo = lower.contains("manifest") || lower.contains("tool");
            var text = text(file, AssetKind.MANIFEST, key);
            if (text != null && (isNamedSo || mayBeManifest(text))) {
                put(manifests, key, text);
            }
        }

        private static boolean mayBeManifest(String text) {
            try {
                return MAPPER.readTree(text).has("tools");
            } catch (JsonProcessingException e) {
                // It may have been one, and will be again.
                return true;
            }
        }

        private static void put(Map<String, String> texts, String key, @Nullable String text) {
            if (text != null) {
                texts.put(key, text);
            }
        }

        private @Nullable String text(Path file, AssetKind kind, String key) {
            try {
                if (Files.size(file) > MAX_BYTES) {
                    fault(file, kind, key, "is larger than 1 MiB", "shorten it");
                    return null;
                }
                return withoutMark(Files.readString(file));
            } catch (CharacterCodingException e) {
                fault(file, kind, key, "is not UTF-8", "save it as UTF-8");
            } catch (IOException e) {
                fault(file, kind, key, "can't be read: " + e.getClass().getSimpleName(), "make it readable");
            }
            return null;
        }

        RawAssets assets() {
            if (!isServerConfigThere) {
                var file = directory.resolve(SERVER_CONFIG);
                fault(file, AssetKind.SERVER_CONFIG, AssetKind.SERVER_CONFIG_KEY, "is missing", "put it there");
            }
            return new RawAssets(
                    directory.toString(),
                    contexts,
                    manifests,
                    serverConfig == null ? "{}" : serverConfig,
                    unread,
                    doubts);
        }

        private void fault(Path file, AssetKind kind, String key, String problem, String remedy) {
            var fault = new ConfigFault(name(file), file.toString(), null, problem, remedy);
            unread.add(new RawAssets.Unread(kind, key, fault));
        }
    }
}
