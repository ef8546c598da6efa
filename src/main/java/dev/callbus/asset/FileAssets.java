package dev.callbus.asset;

import dev.callbus.config.AssetSettings;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigException;
import dev.callbus.config.ConfigFault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent as the files of one directory describe it. A context is a file {@code KEY.md}; a tool manifest is a {@code .json}
 * with "manifest" or "tool" in its name; {@code serverConfig.json} says which of them are active.
 */
public final class FileAssets {
    private static final Logger log = LoggerFactory.getLogger(FileAssets.class);
    private static final String SERVER_CONFIG = "serverConfig.json";

    private final AssetSettings settings;
    private final SilenceSettings silence;
    private final List<ConfigFault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private FileAssets(AssetSettings settings, SilenceSettings silence) {
        this.settings = settings;
        this.silence = silence;
    }

    /**
     * Reads the active agent. It blocks.
     *
     * @param silence what holds where {@code serverConfig.json} says nothing about silence
     * @throws ConfigException with all faults
     */
    public static AgentProfile read(AssetSettings settings, SilenceSettings silence) {
        var assets = new FileAssets(settings, silence);
        var profile = assets.profile();
        if (!assets.faults.isEmpty()) {
            throw new ConfigException("The agent's description", assets.faults);
        }
        assets.warnings.forEach(warning -> log.warn(
                "serverConfig or assets hold something doubtful [directory: {}, doubt: {}]",
                settings.directory(),
                warning));
        return profile;
    }

    /** Reads the active agent on a worker thread; fails with a {@link ConfigException} that has all faults. */
    public static Future<AgentProfile> load(Vertx vertx, AssetSettings settings, SilenceSettings silence) {
        return vertx.executeBlocking(() -> read(settings, silence));
    }

    private AgentProfile profile() {
        var overrides = settings.overrides();
        var config = settings.directory().resolve(SERVER_CONFIG);
        var file = new ServerConfigFile(config, Objects.requireNonNullElse(text(config), "{}"), faults, warnings);
        var context = active("context", overrides.context(), file.contextKey(), "defaultContext", contexts());
        var manifest =
                active("tool manifest", overrides.manifest(), file.manifestKey(), "defaultToolManifest", manifests());
        return new AgentProfile(
                context == null ? new AgentContext("", "") : new AgentContext(key(context, ".md"), context(context)),
                manifest == null
                        ? ToolManifest.of("", List.of())
                        : ToolManifest.of(key(manifest, ".json"), tools(manifest)),
                withGreeting(file.relay(), overrides.welcomeGreeting()),
                overridden(file.silence(silence)),
                file.listenMode());
    }

    private Map<String, Path> contexts() {
        return keyed(".md", name -> true);
    }

    private Map<String, Path> manifests() {
        return keyed(
                ".json",
                name -> !name.equals(SERVER_CONFIG.toLowerCase(Locale.ROOT))
                        && (name.contains("manifest") || name.contains("tool")));
    }

    /** The files with this ending by key; those whose name is no key are left out with a warning. */
    private Map<String, Path> keyed(String ending, Predicate<String> wanted) {
        var found = new TreeMap<String, Path>();
        try (var files = Files.list(settings.directory())) {
            files.filter(Files::isRegularFile).forEach(file -> {
                var name = String.valueOf(file.getFileName());
                if (!name.endsWith(ending) || !wanted.test(name.toLowerCase(Locale.ROOT))) {
                    return;
                }
                var key = name.substring(0, name.length() - ending.length());
                if (key.matches("[A-Za-z0-9_-]+")) {
                    found.put(key, file);
                } else {
                    warnings.add(name + " is left out, because keys have A-Z a-z 0-9 _ - only");
                }
            });
        } catch (IOException e) {
            fault(settings.directory(), "can't be listed: " + e, "make the directory readable");
        }
        return found;
    }

    private @Nullable Path active(
            String kind,
            @Nullable String overriding,
            @Nullable String named,
            String otherwise,
            Map<String, Path> known) {
        var key = overriding != null ? overriding : named != null ? named : otherwise;
        var file = known.get(key.replaceFirst("\\.(md|json)$", ""));
        if (file == null) {
            var origin = overriding != null
                    ? "configuration"
                    : settings.directory().resolve(SERVER_CONFIG).toString();
            var choice = known.isEmpty()
                    ? "put one into " + settings.directory()
                    : "name one of " + String.join(", ", known.keySet());
            faults.add(new ConfigFault("active " + kind, origin, key, "is no " + kind + " that is there", choice));
        }
        return file;
    }

    private String context(Path file) {
        var text = text(file);
        if (text != null && text.isBlank()) {
            fault(file, "is empty, and an agent without instructions says anything", "write the agent's instructions");
        }
        return text == null ? "" : text.strip();
    }

    private List<String> tools(Path file) {
        var text = text(file);
        return text == null ? List.of() : ManifestReader.names(file, text, faults);
    }

    private static String key(Path file, String ending) {
        var name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ending.length());
    }

    private @Nullable String text(Path file) {
        try {
            return Files.readString(file).replaceFirst("^\uFEFF", "");
        } catch (CharacterCodingException e) {
            fault(file, "is not UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            boolean there = Files.exists(file);
            fault(file, there ? "can't be read" : "is missing", there ? "make it readable" : "put it there");
        }
        return null;
    }

    private void fault(Path file, String problem, String remedy) {
        var name = String.valueOf(file.getFileName());
        faults.add(new ConfigFault(name, file.toString(), null, problem, remedy));
    }

    private static RelaySettings withGreeting(RelaySettings relay, @Nullable String greeting) {
        if (greeting == null) {
            return relay;
        }
        var attributes = new LinkedHashMap<>(relay.attributes());
        attributes.put(RelayAttribute.WELCOME_GREETING.attribute(), greeting);
        return new RelaySettings(attributes, relay.languages(), relay.parameters());
    }

    private SilenceSettings overridden(SilenceSettings found) {
        var overrides = settings.overrides();
        var threshold = overrides.silenceThreshold() == null ? found.threshold() : overrides.silenceThreshold();
        var settled = new SilenceSettings(found.enabled(), threshold, found.messages());
        var reminders = overrides.silenceReminders();
        return reminders == null ? settled : settled.withReminders(reminders);
    }
}
