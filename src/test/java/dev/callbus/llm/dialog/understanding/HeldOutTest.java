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
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Judges understanding by phrases that were written apart from the examples; the report is target/dialog-confusion.txt. */
class HeldOutTest {
    private final Map<String, List<String>> intents = new LinkedHashMap<>();
    private final Map<String, String> emails = new LinkedHashMap<>();

    HeldOutTest() throws IOException {
        try (var stream = Objects.requireNonNull(getClass().getResourceAsStream("/dialog/held-out.yaml"))) {
            Map<String, Object> file = new Yaml().load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            ((Map<?, ?>) Objects.requireNonNull(file.get("intents")))
                    .forEach((intent, phrases) -> intents.put(
                            String.valueOf(intent),
                            ((List<?>) phrases).stream().map(String::valueOf).toList()));
            for (Object email : (List<?>) Objects.requireNonNull(file.get("emails"))) {
                var pair = (Map<?, ?>) email;
                emails.put(String.valueOf(pair.get("said")), String.valueOf(pair.get("means")));
            }
        }
    }

    @Test
    void noHeldOutPhraseIsAnExample() {
        var held = intents.values().stream()
                .flatMap(List::stream)
                .map(HeldOutTest::plain)
                .toList();

        var examples = Trained.PHRASES.intents().values().stream()
                .flatMap(List::stream)
                .map(HeldOutTest::plain)
                .collect(Collectors.toSet());

        assertThat(held).hasSizeGreaterThanOrEqualTo(300).noneMatch(examples::contains);
    }

    @Test
    void tellsIntentsOfPhrasesThatItNeverSaw() throws IOException {
        var confusion = new TreeMap<String, Map<String, Integer>>();
        var mistakes = new ArrayList<String>();
        int all = 0;
        int strange = 0;
        int strangeFound = 0;
        int unsure = 0;
        for (var entry : intents.entrySet()) {
            for (String phrase : entry.getValue()) {
                var best = Trained.UNDERSTANDING.read(phrase, null).best();
                confusion.computeIfAbsent(entry.getKey(), k -> new TreeMap<>()).merge(best.intent(), 1, Integer::sum);
                all++;
                if (!best.intent().equals(entry.getKey())) {
                    mistakes.add(phrase + " [" + entry.getKey() + "] -> " + best);
                }
                boolean rejected = best.confidence() < Understanding.SURE;
                if (entry.getKey().equals(Intents.OUT_OF_SCOPE)) {
                    strange++;
                    strangeFound += rejected || best.intent().equals(Intents.OUT_OF_SCOPE) ? 1 : 0;
                } else if (rejected) {
                    unsure++;
                }
            }
        }
        double accuracy = 1 - mistakes.size() / (double) all;
        double recall = strangeFound / (double) strange;
        report(confusion, mistakes, accuracy, recall, unsure);

        assertThat(accuracy).as("see target/dialog-confusion.txt").isGreaterThanOrEqualTo(0.90);
        assertThat(recall).as("out-of-scope recall").isGreaterThanOrEqualTo(0.80);
        assertThat(unsure / (double) (all - strange))
                .as("in scope, yet below SURE")
                .isLessThan(0.08);
    }

    @Test
    void readsSpelledEmails() {
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

        assertThat(emails).hasSize(100);
        assertThat(wrong).hasSizeLessThanOrEqualTo(5);
    }

    private static void report(
            Map<String, Map<String, Integer>> confusion,
            List<String> mistakes,
            double accuracy,
            double recall,
            int unsure)
            throws IOException {
        var lines = new ArrayList<String>();
        lines.add(
                "accuracy %.3f, out-of-scope recall %.3f, in scope but unsure %d".formatted(accuracy, recall, unsure));
        lines.add("");
        confusion.forEach((intent, guesses) -> lines.add("%-20s %s".formatted(intent, guesses)));
        lines.add("");
        lines.addAll(mistakes);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/dialog-confusion.txt"), lines);
    }

    private static String plain(String phrase) {
        return String.join(" ", Word.texts(phrase.replace("'", "").replace("’", "")));
    }
}
