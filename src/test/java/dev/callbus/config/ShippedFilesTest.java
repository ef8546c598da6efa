package dev.callbus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ships in {@code conf} says what the code does. */
class ShippedFilesTest {
    private static final Path YAML = Path.of("conf/callbus.yaml");

    @TempDir
    Path directory;

    @Test
    void untouchedYamlChangesNothing() throws Exception {
        Files.createDirectory(directory.resolve("assets"));
        var without = ConfigReader.read(new ConfigSources("none", null, null, Map.of(), directory));
        var with = ConfigReader.read(
                new ConfigSources("conf/callbus.yaml", Files.readString(YAML), null, Map.of(), directory));
        assertThat(with).isEqualTo(without);
    }

    @Test
    void yamlHoldsEveryKeyWithItsDefault() throws Exception {
        var faults = new ArrayList<ConfigFault>();
        var written = YamlFile.read("yaml", Files.readString(YAML), faults);
        assertThat(faults).isEmpty();
        for (var key : ConfigKey.values()) {
            var suffix = key.kind() == ConfigKey.Kind.LIST ? "[]" : "";
            var setting = written.get(key.path() + suffix);
            assertThat(setting == null ? List.of() : setting.values())
                    .as(key.path())
                    .isEqualTo(key.standard());
        }
    }

    @Test
    void yamlExplainsEveryKeyAndNamesItsVariables() throws Exception {
        var explained = explanations();
        for (var key : ConfigKey.values()) {
            var name = key.path().substring(key.path().lastIndexOf('.') + 1);
            assertThat(explained).as(key.path()).anySatisfy(each -> {
                assertThat(each).contains("\n" + name + ":").hasSizeGreaterThan(name.length() + 10);
                key.environment()
                        .forEach(variable -> assertThat(each.lines().filter(line -> line.startsWith("#")))
                                .anyMatch(line -> line.contains(variable)));
            });
        }
    }

    @Test
    void exampleNamesEveryVariableOnceAndNoOther() throws Exception {
        var names = new TreeSet<String>();
        for (var line : Files.readAllLines(Path.of("conf/.env.example"))) {
            var match = Pattern.compile("#?([A-Z_]+)=.*").matcher(line);
            if (match.matches()) {
                assertThat(names.add(match.group(1))).as(line).isTrue();
            }
        }
        var customary = Arrays.stream(ConfigKey.values())
                .filter(key -> !key.environment().isEmpty())
                .map(key -> key.environment().getFirst())
                .toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(customary);
    }

    @Test
    void exampleWithEverythingCommentedInIsAValidFile() throws Exception {
        var faults = new ArrayList<ConfigFault>();
        var text = Files.readString(Path.of("conf/.env.example")).replaceAll("(?m)^#([A-Z_]+=)", "$1");
        var settings = DotEnvFile.read(".env", text, faults);
        assertThat(faults).isEmpty();
        assertThat(settings)
                .hasEntrySatisfying(
                        "GREETING", greeting -> assertThat(greeting.text()).startsWith("Hello, this is"))
                .hasEntrySatisfying(
                        "FROM_NUMBER", number -> assertThat(number.text()).isEqualTo("+15551234567"));
    }

    /** Each key's comment lines followed by the key, as {@code # …\nkey: value}. */
    private static List<String> explanations() throws Exception {
        var explained = new ArrayList<String>();
        var comment = new StringBuilder();
        for (var line : Files.readAllLines(YAML)) {
            var bare = line.strip();
            if (bare.startsWith("#")) {
                comment.append(bare).append('\n');
            } else {
                explained.add("\n" + comment + bare);
                comment.setLength(0);
            }
        }
        return explained;
    }
}
