package dev.callbus.llm.dialog.understanding;

import dev.callbus.llm.dialog.understanding.EmailPart.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the domain of an e-mail address: labels joined by dots, up to a top-level domain. */
final class EmailDomain {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Map<String, String> MISHEARD = Map.of(
            "calm", "com", "comm", "com", "come", "com", "kom", "com", "nett", "net", "orc", "org", "con", "com");
    private static final Set<String> PLAIN = Set.of("com", "net", "org", "edu", "io");
    private static final Set<String> PROVIDERS = Set.of("gmail", "hotmail", "outlook", "yahoo", "icloud");
    private static final Map<String, String> PROVIDERS_MISHEARD =
            Map.of("gmale", "gmail", "geemail", "gmail", "jeemail", "gmail", "hotmale", "hotmail");
    private static final Set<String> OF_THE_SENTENCE = Set.of("the", "our");
    private static final Set<String> ECHO = Set.of("that's", "spelled", "spelt");
    private static final Set<String> TOP_LEVEL = topLevel();
    private static final int MOST_WORDS = 4;

    private final List<EmailPart> parts;
    private final boolean asked;
    private final List<String> labels = new ArrayList<>();
    private final StringBuilder label = new StringBuilder();
    private int words;

    private EmailDomain(List<EmailPart> parts, boolean asked) {
        this.parts = parts;
        this.asked = asked;
    }

    private static Set<String> topLevel() {
        var names = new HashSet<>(Word.set("""
                com net org edu gov mil int info biz name pro app dev tech cloud online site store shop xyz email agency
                group global company systems solutions health bank world digital studio design media live life eu uk test
                example"""));
        for (String country : Locale.getISOCountries()) {
            names.add(country.toLowerCase(Locale.ROOT));
        }
        return Set.copyOf(names);
    }

    /**
     * The domain that begins at this position, if one does.
     *
     * @param asked whether the top-level domain of a well-known provider may be missing
     */
    static @Nullable Found at(List<EmailPart> parts, int from, boolean asked) {
        return new EmailDomain(parts, asked).read(from);
    }

    private @Nullable Found read(int from) {
        for (int i = from; i < parts.size(); i++) {
            var part = parts.get(i);
            if (endsSentence(i)) {
                return provider(from, i);
            }
            if (part.isDot() || part.kind() == Kind.PAUSE) {
                if (!label.isEmpty() && !push()) {
                    return null;
                }
                continue;
            }
            if (!labels.isEmpty() && label.isEmpty() && !goesOn(i + 1)) {
                return last(from, i);
            }
            if (isEcho(i) || (ECHO.contains(part.text()) && i + 1 < parts.size() && isEcho(i + 1))) {
                continue;
            }
            if (implied(i)) {
                return push() ? last(from, i) : null;
            }
            if (!isOfTheSentence(i) && !append(part)) {
                return null;
            }
        }
        return provider(from, parts.size());
    }

    private boolean endsSentence(int i) {
        var part = parts.get(i);
        return part.kind() == Kind.PAUSE && !(label.length() > 0 && i + 1 < parts.size() && isPlain(parts.get(i + 1)));
    }

    /** Whether a label that ends before this position is followed by another one. */
    private boolean goesOn(int next) {
        if (next >= parts.size()) {
            return false;
        }
        if (parts.get(next).kind() == Kind.SIGN && !parts.get(next).isDot()) {
            return true;
        }
        boolean label = next + 1 < parts.size()
                && (parts.get(next + 1).kind() == Kind.WORD
                        || parts.get(next + 1).kind() == Kind.SPELLED);
        return (parts.get(next).isDot() && label) || isLongLabel(next);
    }

    /** Whether more of this label follows, such as "company" after "my", before its dot. */
    private boolean isLongLabel(int next) {
        if (isTopLevel(parts.get(next - 1))) {
            return false;
        }
        for (int i = next; i < parts.size() && i < next + MOST_WORDS; i++) {
            if (parts.get(i).isDot()) {
                return true;
            }
            if (parts.get(i).kind() != Kind.WORD && parts.get(i).kind() != Kind.SPELLED) {
                return false;
            }
        }
        return false;
    }

    private boolean isTopLevel(EmailPart part) {
        return topLevelOf(part) != null;
    }

    private static @Nullable String topLevelOf(EmailPart part) {
        if (part.kind() == Kind.AT) {
            return "at";
        }
        String text = MISHEARD.getOrDefault(part.text(), part.text());
        if (TOP_LEVEL.contains(text)) {
            return text;
        }
        if (part.kind() == Kind.SPELLED) {
            for (int length = Math.min(4, text.length() - 1); length >= 2; length--) {
                if (TOP_LEVEL.contains(text.substring(0, length))) {
                    return text.substring(0, length);
                }
            }
        }
        return null;
    }

    private static boolean isPlain(EmailPart part) {
        return PLAIN.contains(part.text());
    }

    /** Whether "com" stands where its dot was not heard. */
    private boolean implied(int i) {
        return !label.isEmpty() && parts.get(i).kind() == Kind.WORD && isPlain(parts.get(i)) && !goesOn(i + 1);
    }

    /** Whether this is the article before a domain, as in "at the example dot com". */
    private boolean isOfTheSentence(int i) {
        boolean first = label.isEmpty() && labels.isEmpty();
        boolean named = i + 1 < parts.size() && parts.get(i + 1).kind() == Kind.WORD;
        return first && named && OF_THE_SENTENCE.contains(parts.get(i).text());
    }

    /** Whether this spells the label before it: "example, that's e x a m p l e". */
    private boolean isEcho(int i) {
        return parts.get(i).kind() == Kind.SPELLED && parts.get(i).text().contentEquals(label);
    }

    private boolean append(EmailPart part) {
        switch (part.kind()) {
            case WORD -> {
                label.append(part.text().replace("'", ""));
                return ++words <= MOST_WORDS;
            }
            case SPELLED -> label.append(part.text());
            case SIGN -> {
                if (!part.text().equals("-")) {
                    return false;
                }
                label.append('-');
            }
            case AT, PAUSE -> {
                return false;
            }
        }
        return true;
    }

    private boolean push() {
        boolean valid = LABEL.matcher(label).matches();
        String provider = label.toString().replace("-", "");
        provider = PROVIDERS_MISHEARD.getOrDefault(provider, provider);
        labels.add(PROVIDERS.contains(provider) ? provider : label.toString());
        label.setLength(0);
        words = 0;
        return valid;
    }

    private @Nullable Found last(int from, int i) {
        String top = topLevelOf(parts.get(i));
        return top == null ? null : found(from, top, parts.get(i).end());
    }

    private @Nullable Found provider(int from, int end) {
        return asked && labels.isEmpty() && PROVIDERS.contains(label.toString())
                ? new Found(
                        label + ".com",
                        parts.get(from).start(),
                        parts.get(end - 1).end())
                : null;
    }

    private Found found(int from, String top, int end) {
        return new Found(String.join(".", labels) + "." + top, parts.get(from).start(), end);
    }
}
