package dev.callbus.scenario.file;

import dev.callbus.scenario.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the caller hears, and what comes to his phone. */
final class HearingReader {
    private final Remembering remembering;

    HearingReader(Remembering remembering) {
        this.remembering = remembering;
    }

    /** What the caller hears, and what he doesn't. */
    List<Step> read(Written value, @Nullable Duration within) {
        if (value.isText()) {
            return List.of(new Step.Hears(value.line(), new Step.Contains(remembering.known(value)), within));
        }
        var keys = value.keys(List.of("says", "exactly", "matches", "never", "silent"));
        if (keys.size() != 1) {
            throw value.wrong(
                    "an agent step has " + keys.size() + " keys",
                    "Write one of says, exactly, matches, never and silent, and a step for each");
        }
        var never = keys.get("never");
        if (never != null) {
            refuse(never, within);
            return never.itemsOrSelf().stream()
                    .<Step>map(words -> new Step.NeverHears(words.line(), remembering.known(words)))
                    .toList();
        }
        var silent = keys.get("silent");
        if (silent != null) {
            refuse(silent, within);
            return List.of(new Step.HearsNothing(value.line(), silent.duration()));
        }
        var matched = match(keys).orElseThrow();
        return List.of(new Step.Hears(value.line(), matched, within));
    }

    /** What comes to the caller's phone. */
    Step message(Written value, @Nullable Duration within) {
        if (value.isText()) {
            return new Step.GetsMessage(value.line(), new Step.Contains(remembering.known(value)), null, null, within);
        }
        var keys = value.keys(List.of("says", "exactly", "matches", "code", "times"));
        var code = keys.get("code");
        var times = keys.get("times");
        if (keys.isEmpty()) {
            throw value.wrong("an sms step has no keys", "Write says, matches, code or times");
        }
        if (times != null && within != null) {
            refuse(times, within);
        }
        var match = match(keys).orElse(null);
        return new Step.GetsMessage(
                value.line(),
                match,
                code == null ? null : codeName(code),
                times == null ? null : times.whole(0, 100),
                within);
    }

    /** {@code code: remember} remembers it as the code, another word as that. */
    private String codeName(Written value) {
        var name = value.text().equals("remember") ? "code" : value.text();
        if (!name.matches("[a-z_]+")) {
            throw value.wrong("\"" + name + "\" is no name", "Write \"code: remember\", or small letters and _");
        }
        remembering.remember(name);
        return name;
    }

    private Optional<Step.Match> match(Map<String, Written> keys) {
        var says = keys.get("says");
        if (says != null) {
            return Optional.of(new Step.Contains(remembering.known(says)));
        }
        var exactly = keys.get("exactly");
        if (exactly != null) {
            return Optional.of(new Step.Equals(remembering.known(exactly)));
        }
        return Optional.ofNullable(keys.get("matches")).map(matches -> new Step.Finds(remembering.expression(matches)));
    }

    private static void refuse(Written value, @Nullable Duration within) {
        if (within != null) {
            throw value.wrong("\"within\" says nothing about \"" + value.name() + "\"", "Leave it out");
        }
    }
}
