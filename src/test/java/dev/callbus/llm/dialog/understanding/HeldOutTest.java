package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Judges understanding by phrases that were written apart from the examples; the reports are target/dialog-confusion-….txt. What
 * fails in {@code held-out.yaml} may be learnt from, in other words. What is in {@code held-out-fresh.yaml} was never: it
 * says what a stranger would measure, until somebody looks at what fails in it.
 */
class HeldOutTest {

    @ParameterizedTest
    @ValueSource(strings = {"held-out", "held-out-fresh"})
    void tellsIntentsOfPhrasesThatItNeverSaw(String name) throws IOException {
        var examples = Trained.PHRASES.intents().values().stream()
                .flatMap(List::stream)
                .map(HeldOutTest::plain)
                .collect(Collectors.toSet());
        var confusion = new TreeMap<String, Map<String, Integer>>();
        var mistakes = new ArrayList<String>();
        int all = 0;
        int strange = 0;
        int strangeFound = 0;
        int unsure = 0;
        for (var held : intents(name)) {
            if (examples.contains(plain(held.phrase()))) {
                continue; // somebody else thought of it as well
            }
            var best = Trained.UNDERSTANDING.read(held.phrase(), null).best();
            confusion.computeIfAbsent(held.intent(), k -> new TreeMap<>()).merge(best.intent(), 1, Integer::sum);
            all++;
            if (!best.intent().equals(held.intent())) {
                mistakes.add(held.phrase() + " [" + held.intent() + "] -> " + best);
            }
            boolean rejected = best.confidence() < Understanding.SURE;
            if (held.intent().equals(Intents.OUT_OF_SCOPE)) {
                strange++;
                strangeFound += rejected || best.intent().equals(Intents.OUT_OF_SCOPE) ? 1 : 0;
            } else if (rejected) {
                unsure++;
            }
        }
        double accuracy = 1 - mistakes.size() / (double) all;
        double recall = strangeFound / (double) strange;
        var summary = "%d phrases: accuracy %.3f, out-of-scope recall %.3f, in scope but unsure %d"
                .formatted(all, accuracy, recall, unsure);
        report(name, summary, confusion, mistakes);

        assertThat(all).isGreaterThanOrEqualTo(280);
        assertThat(accuracy).as(summary).isGreaterThanOrEqualTo(0.90);
        assertThat(recall).as(summary).isGreaterThanOrEqualTo(0.80);
        assertThat(unsure / (double) (all - strange)).as(summary).isLessThan(0.08);
    }

    @ParameterizedTest
    @ValueSource(strings = {"held-out", "held-out-fresh"})
    void readsSpelledEmails(String name) throws IOException {
        var emails = emails(name);
        var wrong = new ArrayList<String>();
        emails.forEach((said, means) -> {
            String read = Trained.UNDERSTANDING
                    .read(said, Asked.EMAIL)
                    .entity(Entities.EMAIL)
                    .orElse("nothing");
            if (!read.equals(means)) {
                wrong.add(said + " -> " + read);
            }
        });
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/dialog-emails-" + name + ".txt"), wrong);

        assertThat(emails).hasSize(100);
        assertThat(wrong).as("see target/dialog-emails-" + name + ".txt").hasSizeLessThanOrEqualTo(5);
    }

    private static List<Held> intents(String name) throws IOException {
        var held = new ArrayList<Held>();
        ((Map<?, ?>) Objects.requireNonNull(file(name).get("intents")))
                .forEach((intent, phrases) -> ((List<?>) phrases)
                        .forEach(phrase -> held.add(new Held(String.valueOf(intent), String.valueOf(phrase)))));
        return held;
    }

    private static Map<String, String> emails(String name) throws IOException {
        var emails = new LinkedHashMap<String, String>();
        for (Object email : (List<?>) Objects.requireNonNull(file(name).get("emails"))) {
            var pair = (Map<?, ?>) email;
            emails.put(String.valueOf(pair.get("said")), String.valueOf(pair.get("means")));
        }
        return emails;
    }

    private static Map<String, Object> file(String name) throws IOException {
        try (var stream =
                Objects.requireNonNull(HeldOutTest.class.getResourceAsStream("/dialog/" + name + ".yaml"), name)) {
            return new Yaml().load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
    }

    /** A phrase, and what it means. */
    private record Held(String intent, String phrase) {}

    private static void report(
            String name, String summary, Map<String, Map<String, Integer>> confusion, List<String> mistakes)
            throws IOException {
        var lines = new ArrayList<String>();
        lines.add(summary);
        lines.add("");
        confusion.forEach((intent, guesses) -> lines.add("%-20s %s".formatted(intent, guesses)));
        lines.add("");
        lines.addAll(mistakes);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/dialog-confusion-" + name + ".txt"), lines);
    }

    private static String plain(String phrase) {
        return String.join(" ", Word.texts(phrase.replace("'", "").replace("’", "")));
    }
}
