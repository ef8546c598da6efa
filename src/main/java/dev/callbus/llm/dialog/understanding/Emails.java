package dev.callbus.llm.dialog.understanding;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an e-mail address, typed or spelled as on the phone: "j p k at bespoken dot i o".
 *
 * <p>Every word for "@" is tried: its domain is read to the right up to a top-level domain, and its name to the left down to
 * a word that belongs to the sentence around it.
 */
final class Emails {
    private static final Pattern TYPED =
            Pattern.compile("[\\w+-]{1,64}(?:\\.[\\w+-]{1,64}){0,8}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5}");
    private static final Set<String> CORRECTIONS =
            Set.of("no", "nope", "sorry", "actually", "rather", "mean", "wait", "correction", "instead", "but", "now");
    private static final Set<String> REJECTIONS = Set.of("not", "than", "of");

    private Emails() {}

    /**
     * The address that an utterance gives; of several, the one that corrects the others.
     *
     * @param asked whether an address was asked for, so that "john at gmail" is enough
     */
    static Optional<Found> find(String utterance, boolean asked) {
        var parts = EmailPart.of(utterance);
        @Nullable Found best = null;
        int searched = 0;
        for (int at = 0; at < parts.size(); at++) {
            if (parts.get(at).kind() != EmailPart.Kind.AT) {
                continue;
            }
            var found = around(parts, at, asked);
            if (found == null) {
                continue;
            }
            if (best == null || corrects(parts, searched, at)) {
                best = found;
            }
            searched = at + 1;
        }
        return Optional.ofNullable(best).or(() -> typed(utterance));
    }

    private static @Nullable Found around(List<EmailPart> parts, int at, boolean asked) {
        var domain = EmailDomain.at(parts, at + 1, asked);
        if (domain == null) {
            return null;
        }
        var local = EmailName.before(parts, at);
        if (local == null) {
            return null;
        }
        return new Found(local.value() + "@" + domain.value(), local.start(), domain.end());
    }

    private static boolean corrects(List<EmailPart> parts, int from, int to) {
        boolean corrected = parts.subList(from, to).stream()
                .anyMatch(part -> CORRECTIONS.contains(part.text()) && part.kind() == EmailPart.Kind.WORD);
        boolean rejected = parts.subList(from, to).stream().anyMatch(part -> REJECTIONS.contains(part.text()));
        return corrected && !rejected;
    }

    private static Optional<Found> typed(String utterance) {
        var typed = TYPED.matcher(utterance.substring(0, Math.min(utterance.length(), Word.LONGEST_UTTERANCE)));
        return typed.find()
                ? Optional.of(new Found(typed.group().toLowerCase(Locale.ROOT), typed.start(), typed.end()))
                : Optional.empty();
    }
}
