package dev.callbus.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what the caller hears and what comes to his phone. */
final class Hearing {
    /** So long is waited for what is to come; less than an agent waits before asking whether anybody is there. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Pattern CODE = Pattern.compile("\\b\\d{4,10}\\b");

    private final Stage stage;
    private int messagesRead;

    Hearing(Stage stage) {
        this.stage = stage;
    }

    void hears(Step.Hears step, Duration since) {
        switch (step.match()) {
            case Step.Equals equals -> hearsExactly(stage.memory.fill(equals.words()), step.within(), since);
            case Step.Contains contains -> {
                var words = stage.memory.fill(contains.words());
                await("the agent says \"" + words + "\"", text -> Words.find(text, words), step.within(), since);
            }
            case Step.Finds finds -> {
                var pattern = Pattern.compile(stage.memory.fillExpression(finds.expression()));
                await("the agent says something like " + pattern, text -> find(pattern, text), step.within(), since);
            }
        }
    }

    private void await(String expected, Search search, @Nullable Duration within, Duration since) {
        var limit = within == null ? PATIENCE : within;
        var begun = new AtomicReference<@Nullable Duration>();
        var searched = new AtomicReference<Ear.@Nullable Progress>();
        stage.world.until(
                () -> {
                    var progress = stage.ear.progress();
                    if (!progress.equals(searched.getAndSet(progress))) {
                        stage.ear.understand(search::in).ifPresent(begun::set);
                    }
                    return begun.get() != null || isHopeless();
                },
                // what begins in time may end later
                limit.plus(PATIENCE));
        var found = begun.get();
        if (found == null) {
            throw new Unmet(expected, heard());
        }
        if (within != null && found.minus(since).compareTo(within) > 0) {
            throw new Unmet(
                    expected + " within " + Dialogue.seconds(within),
                    "it began after " + Dialogue.seconds(found.minus(since)));
        }
    }

    private boolean isHopeless() {
        return stage.ear.isCallOver();
    }

    private void hearsExactly(String words, @Nullable Duration within, Duration since) {
        stage.until(() -> !stage.ear.news().isBlank() && stage.isQuiet(), PATIENCE.multipliedBy(2));
        var heard = Words.plain(stage.ear.news());
        if (!heard.equals(Words.plain(words))) {
            throw new Unmet("the agent says exactly \"" + Words.plain(words) + "\"", heard());
        }
        await(
                "the agent says \"" + words + "\"",
                text -> Optional.of(new Words.Span(firstWord(text), text.length())),
                within,
                since);
    }

    private static int firstWord(String text) {
        return text.length() - text.stripLeading().length();
    }

    private Optional<Words.Span> find(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        pattern.namedGroups().keySet().forEach(name -> {
            var value = matcher.group(name);
            if (value != null) {
                stage.memory.remember(name, value);
            }
        });
        return Optional.of(new Words.Span(matcher.start(), matcher.end()));
    }

    /** These words were heard at no time up to now. */
    void neverHears(Step.NeverHears step) {
        if (isHeard(step.words())) {
            throw new Unmet("the agent never says \"" + stage.memory.fill(step.words()) + "\"", "he said it");
        }
    }

    private boolean isHeard(String words) {
        return Words.find(stage.ear.all(), stage.memory.fill(words)).isPresent();
    }

    void hearsNothing(Step.HearsNothing step) {
        stage.ear.understandAll();
        if (stage.world.until(() -> !stage.ear.news().isBlank(), step.time())) {
            throw new Unmet("the agent says nothing for " + Dialogue.seconds(step.time()), heard());
        }
    }

    void getsMessage(Step.GetsMessage step) {
        if (step.times() != null) {
            stage.waitPolitely();
            messagesRead = stage.messages.size();
            if (messagesRead != step.times()) {
                throw new Unmet(step.times() + " messages to the caller's phone", messagesRead + " messages");
            }
            return;
        }
        var within = step.within() == null ? PATIENCE : step.within();
        if (!stage.world.until(() -> stage.messages.size() > messagesRead, within)) {
            throw new Unmet("a message to the caller's phone within " + Dialogue.seconds(within), "none came");
        }
        read(step, stage.messages.get(messagesRead++));
    }

    private void read(Step.GetsMessage step, String text) {
        if (step.code() != null) {
            var code = CODE.matcher(text);
            if (!code.find()) {
                throw new Unmet("a message with a code", "\"" + text + "\"");
            }
            stage.memory.rememberCode(step.code(), code.group());
        }
        switch (step.match()) {
            case Step.Contains contains ->
                expect(
                        text,
                        contains.words(),
                        Words.find(text, stage.memory.fill(contains.words())).isPresent());
            case Step.Equals equals ->
                expect(text, equals.words(), Words.plain(text).equals(Words.plain(stage.memory.fill(equals.words()))));
            case Step.Finds finds ->
                expect(
                        text,
                        finds.expression(),
                        find(Pattern.compile(stage.memory.fillExpression(finds.expression())), text)
                                .isPresent());
            case null -> {}
        }
    }

    private static void expect(String text, String wanted, boolean met) {
        if (!met) {
            throw new Unmet("a message that says \"" + wanted + "\"", "\"" + text + "\"");
        }
    }

    private String heard() {
        var news = Words.plain(stage.ear.news());
        var over = stage.ear.isCallOver() ? "; the call is over" : "";
        return (news.isEmpty() ? "the caller heard nothing" : "the caller heard \"" + news + "\"")
                + " since the step before" + over;
    }

    /** Where something is found in a text. */
    @FunctionalInterface
    private interface Search {
        Optional<Words.Span> in(String text);
    }
}
