package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises of {@code docs/promises.md} are held by tests that exist. */
class PromisesTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))(?:#([A-Za-z0-9_]+))?`");

    @Test
    void everyPromiseNamesTestsThatExist() throws IOException {
        var promises = Files.readAllLines(Path.of("docs", "promises.md")).stream()
                .filter(line -> line.startsWith("| ✔"))
                .toList();
        assertThat(promises).hasSizeGreaterThan(25);
        for (var promise : promises) {
            var named = new ArrayList<String>();
            var matcher = TEST.matcher(promise);
            while (matcher.find()) {
                named.add(matcher.group());
                assertThat(source(matcher.group(1)))
                        .as("a test of: %s", promise)
                        .contains(matcher.group(2) == null ? "class " : "void " + matcher.group(2) + "(");
            }
            assertThat(named).as(promise).isNotEmpty();
        }
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            var file = files.filter(path -> path.endsWith(test + ".java")).findFirst();
            assertThat(file).as("the test class " + test).isPresent();
            return Files.readString(file.orElseThrow());
        }
    }
}
