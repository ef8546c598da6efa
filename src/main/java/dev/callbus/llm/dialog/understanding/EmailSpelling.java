package dev.callbus.llm.dialog.understanding;

import dev.callbus.llm.dialog.understanding.EmailPart.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns words into the parts of an e-mail address that they spell: letters, numbers, signs, and words as they are. */
final class EmailSpelling {
    private static final Set<String> IGNORED = Set.of(
            "uh", "um", "er", "erm", "uhm", "hmm", "ah", "eh", "then", ",", ";", ":", "\"", "'", "(", ")", "…", "/",
            "<", ">");
    private static final Set<String> OPENERS =
            Word.set("would should could will can to must might may it'll that i we they for give tell");
    private static final Set<String> NAMES_AND_VERBS = Word.set("be are see you why");
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("dot", "."),
            Map.entry("dots", "."),
            Map.entry("period", "."),
            Map.entry("point", "."),
            Map.entry("punto", "."),
            Map.entry("underscore", "_"),
            Map.entry("underline", "_"),
            Map.entry("_", "_"),
            Map.entry("dash", "-"),
            Map.entry("hyphen", "-"),
            Map.entry("minus", "-"),
            Map.entry("guion", "-"),
            Map.entry("guión", "-"),
            Map.entry("plus", "+"),
            Map.entry("+", "+"),
            Map.entry("apostrophe", "'"));
    /** What may follow "at" in the sign's name; "at the rate (of)" is Indian English. */
    private static final List<List<String>> AT_NAMES = List.of(
            List.of("the", "rate", "of"),
            List.of("the", "rate", "sign"),
            List.of("the", "rate"),
            List.of("rate", "of"),
            List.of("rate"),
            List.of("sign"),
            List.of("symbol"),
            List.of("side"));

    private final List<Word> words = new ArrayList<>();
    private final List<String> texts;
    private final List<EmailPart> parts = new ArrayList<>();
    private final Set<Integer> typed;

    EmailSpelling(List<Word> all) {
        var typedStarts = TypedChunks.starts(all);
        for (int i = 0; i < all.size(); i++) {
            if (typedStarts.contains(all.get(i).start()) || !isIgnored(all, i)) {
                words.add(all.get(i));
            }
        }
        typed = typedStarts;
        texts = words.stream().map(Word::text).toList();
    }

    private static boolean isIgnored(List<Word> all, int i) {
        String text = all.get(i).text();
        if (IGNORED.contains(text)) {
            return true;
        }
        if (i == 0 || i + 1 == all.size()) {
            return false;
        }
        var before = all.get(i - 1);
        var after = all.get(i + 1);
        boolean inside = all.get(i).glued() && after.glued();
        return switch (text) {
            case "-" ->
                inside && ((before.isLetter() && after.isLetter()) || SpokenNumber.value(before.text()) != null);
            case "." -> before.isLetter() && (after.isLetter() || !inside);
            default -> false;
        };
    }

    List<EmailPart> parts() {
        int at = 0;
        while (at < words.size()) {
            at = isTyped(at) ? verbatim(at) : spelled(at);
        }
        return parts;
    }

    private boolean isTyped(int at) {
        return typed.contains(words.get(at).start());
    }

    private int verbatim(int at) {
        String text = texts.get(at);
        var kind = switch (text) {
            case "@" -> Kind.AT;
            case ".", "-", "_", "+" -> Kind.SIGN;
            default -> Kind.WORD;
        };
        parts.add(new EmailPart(kind, text, words.get(at).start(), words.get(at).end(), true));
        return at + 1;
    }

    private int spelled(int at) {
        int remark = EmailRemarks.length(texts, at);
        if (remark > 0) {
            return at + remark;
        }
        int sign = sign(at);
        if (sign > at) {
            return sign;
        }
        int letters = letters(at);
        if (letters > at) {
            return letters;
        }
        var number = SpokenNumber.at(texts, at);
        if (number != null && !number.digits().isEmpty() && untilTyped(at) >= number.end()) {
            return add(Kind.SPELLED, number.digits(), at, number.end());
        }
        if (!words.get(at).isSign()) {
            return add(Kind.WORD, texts.get(at), at, at + 1);
        }
        return at + 1;
    }

    private boolean matches(int at, List<String> expected) {
        return at + expected.size() <= texts.size()
                && texts.subList(at, at + expected.size()).equals(expected);
    }

    private int sign(int at) {
        String text = texts.get(at);
        if (text.equals("at") || text.equals("@") || text.equals("arroba")) {
            return at(at);
        }
        if (matches(at, List.of("full", "stop"))) {
            return add(Kind.SIGN, ".", at, at + 2);
        }
        if (matches(at, List.of("under", "score"))
                || matches(at, List.of("guion", "bajo"))
                || matches(at, List.of("guión", "bajo"))) {
            return add(Kind.SIGN, "_", at, at + 2);
        }
        if (text.equals("dotcom")) {
            add(Kind.SIGN, ".", at, at + 1);
            return add(Kind.WORD, "com", at, at + 1);
        }
        String sign = SIGNS.get(text);
        if (sign != null) {
            return add(Kind.SIGN, sign, at, at + 1);
        }
        return switch (text) {
            case "-" -> add(Kind.SIGN, "-", at, at + 1);
            case "." -> add(isInside(at) ? Kind.SIGN : Kind.PAUSE, ".", at, at + 1);
            case "?", "!" -> add(Kind.PAUSE, text, at, at + 1);
            default -> at;
        };
    }

    private int at(int at) {
        if (!parts.isEmpty() && parts.getLast().text().equals("the")) {
            parts.removeLast();
        }
        for (var name : AT_NAMES) {
            int end = at + 1 + name.size();
            boolean domain = end < texts.size() && SIGNS.get(texts.get(end)) == null;
            if (matches(at + 1, name) && (domain || !name.contains("rate"))) {
                return add(Kind.AT, "@", at, end);
            }
        }
        return add(Kind.AT, "@", at, at + 1);
    }

    private boolean isInside(int at) {
        return at > 0
                && at + 1 < words.size()
                && words.get(at).glued()
                && words.get(at + 1).glued();
    }

    /** A run of letters: "j p k", "jay pee kay", "s c o double t", "k as in kilo", "juliet papa kilo". */
    private int letters(int from) {
        var run = new StringBuilder();
        int at = from;
        int pieces = 0;
        boolean sure = false;
        if (from > 0 && OPENERS.contains(texts.get(from - 1)) && NAMES_AND_VERBS.contains(texts.get(from))) {
            return from;
        }
        while (at < untilTyped(from)) {
            var piece = LetterPiece.at(texts, at);
            if (piece == null) {
                break;
            }
            run.append(piece.letters());
            sure |= piece.sure();
            pieces++;
            at = piece.end();
        }
        return sure || pieces > 1 ? add(Kind.SPELLED, run.toString(), from, at) : from;
    }

    private int untilTyped(int from) {
        int end = from;
        while (end < words.size() && !isTyped(end)) {
            end++;
        }
        return end;
    }

    private int add(Kind kind, String text, int from, int to) {
        parts.add(new EmailPart(
                kind, text, words.get(from).start(), words.get(to - 1).end(), false));
        return to;
    }
}
