package dev.callbus.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .env} file: {@code KEY=VALUE} lines with optional {@code export}, quotes and {@code #} comments. Within double
 * quotes {@code \n}, {@code \"} and {@code \\} mean what they mean in a shell; nothing is substituted.
 */
final class DotEnvFile {
    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Pattern QUOTED = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*')\\s*(?:#.*)?");
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s+)#.*$");

    private final String name;
    private final List<ConfigFault> faults;
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private DotEnvFile(String name, List<ConfigFault> faults) {
        this.name = name;
        this.faults = faults;
    }

    /** The settings in such a file by name; what can't be read is added to the faults. Values never appear in faults. */
    static Map<String, Setting> read(String name, String text, List<ConfigFault> faults) {
        var file = new DotEnvFile(name, faults);
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).replace("\uFEFF", "").strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                file.readLine(line, name + " line " + (i + 1));
            }
        }
        return file.settings;
    }

    private void readLine(String line, String origin) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            faults.add(new ConfigFault(
                    name, origin, null, "is not of the form KEY=VALUE", "write KEY=VALUE or # before it"));
            return;
        }
        var key = match.group(1);
        var value = value(match.group(2));
        if (value == null) {
            faults.add(new ConfigFault(
                    key,
                    origin,
                    null,
                    "the quotes don't match",
                    "close the quote, with nothing but a comment after it"));
        } else if (settings.put(key, new Setting(key, List.of(value), origin)) != null) {
            faults.add(new ConfigFault(key, origin, null, "is set twice in this file", "keep one of the two lines"));
        }
    }

    private static @Nullable String value(String written) {
        if (!written.startsWith("\"") && !written.startsWith("'")) {
            return COMMENT.matcher(written).replaceFirst("").strip();
        }
        var match = QUOTED.matcher(written);
        if (!match.matches()) {
            return null;
        }
        var quoted = match.group(1);
        var inner = quoted.substring(1, quoted.length() - 1);
        return quoted.startsWith("'")
                ? inner
                : inner.replace("\\\\", "\0")
                        .replace("\\n", "\n")
                        .replace("\\\"", "\"")
                        .replace("\0", "\\");
    }
}
