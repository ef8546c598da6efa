package dev.callbus.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of all sources, where the environment beats {@code .env} and that beats YAML. */
final class SettingLayers {
    static final String FALLBACK = "llm.fallback";
    static final String API_KEYS = "api.keys";
    private static final Set<String> API_KEY_FIELDS = Set.of("name", "key", "scopes");
    private static final Set<String> FALLBACK_FIELDS = Set.of(
            "name",
            "provider",
            "baseUrl",
            "apiKey",
            "model",
            "systemRole",
            "maxTokens",
            "maxTokensField",
            "temperature",
            "reasoningEffort");

    private final Map<String, Setting> yaml;
    private final Map<String, Setting> dotEnv;
    private final Map<String, Setting> environment = new LinkedHashMap<>();
    private final List<ConfigFault> faults;

    /** Reads all sources; what is wrong with their form is added to the faults. */
    SettingLayers(ConfigSources sources, List<ConfigFault> faults) {
        this.faults = faults;
        yaml = sources.yaml() == null ? Map.of() : YamlFile.read(sources.yamlName(), sources.yaml(), faults);
        dotEnv = sources.dotEnv() == null ? Map.of() : DotEnvFile.read(".env", sources.dotEnv(), faults);
        sources.environment()
                .forEach((name, value) ->
                        environment.put(name, new Setting(name, List.of(value.strip()), "environment")));
        yaml.values().forEach(this::checkPath);
        Arrays.stream(ConfigKey.values()).forEach(this::checkSpellings);
    }

    /** What was written for this key in the strongest source that has it. */
    @Nullable
    Setting written(ConfigKey key) {
        return spellings(key).findFirst().orElseGet(() -> inYaml(key));
    }

    /** What stands at this path in YAML. */
    @Nullable
    Setting atPath(String path) {
        return yaml.get(path);
    }

    /** How many entries the list of sections at this path has. */
    int entries(String list) {
        return yaml.keySet().stream()
                .filter(path -> path.startsWith(list + "["))
                .map(path -> path.substring(list.length() + 1, path.indexOf(']')))
                .filter(index -> !index.isEmpty())
                .mapToInt(index -> Integer.parseInt(index) + 1)
                .max()
                .orElse(0);
    }

    private Stream<Setting> spellings(ConfigKey key) {
        return Stream.of(environment, dotEnv)
                .flatMap(layer -> key.environment().stream().map(layer::get))
                .filter(Objects::nonNull)
                .filter(setting -> !setting.text().isEmpty());
    }

    private @Nullable Setting inYaml(ConfigKey key) {
        var list = key.kind() == ConfigKey.Kind.LIST ? yaml.get(key.path() + "[]") : null;
        return list == null ? yaml.get(key.path()) : list;
    }

    /** Two spellings with two values: nobody can say which one is meant, even if one source is stronger. */
    private void checkSpellings(ConfigKey key) {
        var bySpelling = new LinkedHashMap<String, Setting>();
        spellings(key).forEach(setting -> bySpelling.putIfAbsent(setting.name(), setting));
        var values = bySpelling.values().stream().map(Setting::text).collect(Collectors.toSet());
        if (values.size() > 1) {
            var names = bySpelling.values().stream().map(Setting::toString).collect(Collectors.joining(" and "));
            var keys = String.join(" and ", bySpelling.keySet());
            faults.add(new ConfigFault(
                    keys, names, null, "are two names of the same setting with different values", "keep one of them"));
        }
    }

    private void checkPath(Setting setting) {
        var path = setting.name();
        var isList = path.endsWith("[]");
        var bare = isList ? path.substring(0, path.length() - 2) : path;
        var key = ConfigKey.atPath(bare).orElse(null);
        if (key != null) {
            if (isList && key.kind() != ConfigKey.Kind.LIST) {
                faults.add(new ConfigFault(
                        bare, setting.origin(), null, "is a list, and one value is expected", "write one value"));
            }
        } else if (!isField(path, FALLBACK, FALLBACK_FIELDS)
                && !isField(path, API_KEYS, API_KEY_FIELDS)
                && !(isList
                        && Set.of(FALLBACK, API_KEYS).contains(bare)
                        && setting.values().isEmpty())) {
            faults.add(unknown(bare, setting));
        }
    }

    private static boolean isField(String path, String list, Set<String> fields) {
        var rest = path.startsWith(list + "[") ? path.substring(path.indexOf(']') + 1) : "";
        return rest.startsWith(".") && fields.contains(rest.substring(1));
    }

    private static ConfigFault unknown(String path, Setting setting) {
        var known = knownPaths();
        if (known.stream().anyMatch(each -> each.startsWith(path + "."))) {
            return new ConfigFault(
                    path, setting.origin(), null, "is a section and can't have a value", "write its keys below it");
        }
        if (path.equals(FALLBACK)) {
            return new ConfigFault(
                    path,
                    setting.origin(),
                    null,
                    "is a list of providers",
                    "write \"- name: …\" with baseUrl, apiKey and model");
        }
        if (path.equals(API_KEYS)) {
            return new ConfigFault(
                    path, setting.origin(), null, "is a list of keys", "write \"- name: …\" with key and scopes");
        }
        return new ConfigFault(
                path,
                setting.origin(),
                null,
                "is not a known key",
                "did you mean " + NearestName.of(path, known) + "?");
    }

    private static Set<String> knownPaths() {
        var known = new TreeSet<String>();
        Arrays.stream(ConfigKey.values()).map(ConfigKey::path).forEach(known::add);
        var fields = new ArrayList<>(FALLBACK_FIELDS);
        fields.forEach(field -> known.add(FALLBACK + "[0]." + field));
        API_KEY_FIELDS.forEach(field -> known.add(API_KEYS + "[0]." + field));
        return known;
    }
}
