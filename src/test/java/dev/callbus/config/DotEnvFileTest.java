package dev.callbus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The grammar of {@code .env}. */
class DotEnvFileTest {

    @Test
    void readsQuotesCommentsAndExport() {
        assertThat(read("""
                        # a comment
                        PLAIN=some words  # and a comment
                        export EXPORTED=yes

                        SPACED = value
                        HASH=a#b
                        EMPTY=
                        COMMENTED=# nothing
                        SINGLE='a "b" # \\n'   # comment
                        DOUBLE="a \\"b\\" # \\\\ c"
                        NUMBER=+15551234567
                        EQUALS=a=b==
                        """))
                .isEqualTo("PLAIN=some words|EXPORTED=yes|SPACED=value|HASH=a#b|EMPTY=|COMMENTED=|"
                        + "SINGLE=a \"b\" # \\n|DOUBLE=a \"b\" # \\ c|NUMBER=+15551234567|EQUALS=a=b==");
    }

    @Test
    void readsWhatWindowsWrites() {
        assertThat(read("\uFEFFA=1\r\nB=\"2\"\r\n")).isEqualTo("A=1|B=2");
    }

    private static String read(String text) {
        var faults = new ArrayList<ConfigFault>();
        var settings = DotEnvFile.read(".env", text, faults);
        assertThat(faults).isEmpty();
        return settings.values().stream()
                .map(setting -> setting.name() + "=" + setting.text())
                .collect(Collectors.joining("|"));
    }
}
