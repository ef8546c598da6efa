package dev.callbus.llm.dialog.understanding;

import dev.callbus.llm.dialog.understanding.EmailPart.Kind;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the name of an e-mail address, which ends where "@" was said and begins where the sentence around it ends. */
final class EmailName {
    private static final int MOST_WORDS = 3;
    private static final int LONGEST = 64;
    private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9._+'-]*[a-z0-9])?");
    private static final Pattern DOTS = Pattern.compile("\\.{2,}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Set<String> ECHO = Set.of("that's", "spelled", "spelt");
    private static final Set<String> OF_THE_SENTENCE = Word.set("""
            is it it's its that's that this the an my your his her our their me mine i'm i'd i'll i've he's she's
            email email's emails mail mail's e-mail id username address address's addresses account am to for of under use using used be would could should can
            will so okay ok yes yeah yep no nope not well now and or but because with as on in by from just please sorry
            actually instead rather mean said say try make it'll was were has have had hello hi hey good morning work
            works working located reach write send sent put take check look lookup up open ticket incident status
            spelled spelt spelling correction wait let's do don't called call calling there here like about got get want need
            change changed update believe guess ready absolutely course right alright certainly definitely kindly maybe perhaps
            probably give given out you es mi correo el la con para usa use sí electrónico dirección""");

    private EmailName() {}

    /** The name before this position, if there is one. */
    static @Nullable Found before(List<EmailPart> parts, int at) {
        var taken = new ArrayDeque<EmailPart>();
        int words = 0;
        for (int i = at - 1; i >= 0; i--) {
            var part = parts.get(i);
            if (part.kind() == Kind.AT || (part.kind() == Kind.PAUSE && !besideSign(parts, i))) {
                break;
            }
            if (part.kind() == Kind.PAUSE || announcesEcho(parts, i, taken)) {
                continue;
            }
            words = part.kind() == Kind.WORD ? words + 1 : 0;
            if (words > MOST_WORDS || endsBefore(parts, i, taken)) {
                break;
            }
            taken.addFirst(part);
        }
        if (taken.isEmpty() && at > 0 && parts.get(at - 1).kind() == Kind.WORD) {
            return null;
        }
        return name(List.copyOf(taken));
    }

    /** Whether this part belongs to the sentence and no longer to the name. */
    private static boolean endsBefore(List<EmailPart> parts, int i, ArrayDeque<EmailPart> taken) {
        var part = parts.get(i);
        if (part.kind() == Kind.SIGN) {
            return false;
        }
        if (!taken.isEmpty()
                && taken.getFirst().typed()
                && !part.typed()
                && taken.getFirst().kind() != Kind.SIGN) {
            return part.kind() == Kind.WORD
                    || part.text().equals("a")
                    || part.text().equals("i");
        }
        boolean joined = (!taken.isEmpty() && taken.getFirst().kind() == Kind.SIGN) || isAt(parts, i - 1, Kind.SIGN);
        return part.kind() == Kind.WORD && !part.typed() && !joined && OF_THE_SENTENCE.contains(part.text());
    }

    /** Whether the name goes on before this "that's", with the same word in another spelling: "joe, that's j o e". */
    private static boolean announcesEcho(List<EmailPart> parts, int i, ArrayDeque<EmailPart> taken) {
        if (i == 0 || taken.isEmpty() || !ECHO.contains(parts.get(i).text())) {
            return false;
        }
        var before = parts.get(i - 1);
        return before.text().equals(taken.getFirst().text())
                && before.kind() != taken.getFirst().kind();
    }

    private static boolean besideSign(List<EmailPart> parts, int i) {
        return isAt(parts, i - 1, Kind.SIGN) || isAt(parts, i + 1, Kind.SIGN) || isAt(parts, i + 1, Kind.AT);
    }

    private static boolean isAt(List<EmailPart> parts, int i, Kind kind) {
        return i >= 0 && i < parts.size() && parts.get(i).kind() == kind;
    }

    private static @Nullable Found name(List<EmailPart> taken) {
        var kept = withoutEcho(taken);
        while (!kept.isEmpty() && kept.getFirst().kind() == Kind.SIGN) {
            kept.removeFirst();
        }
        while (!kept.isEmpty() && kept.getLast().kind() == Kind.SIGN) {
            kept.removeLast();
        }
        if (kept.isEmpty()) {
            return null;
        }
        var name = new StringBuilder();
        kept.forEach(part -> name.append(
                part.typed() || part.kind() == Kind.SIGN
                        ? part.text()
                        : part.text().replace("'", "")));
        String plain =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        plain = DOTS.matcher(plain).replaceAll(".");
        return plain.length() <= LONGEST && VALID.matcher(plain).matches()
                ? new Found(plain, kept.getFirst().start(), kept.getLast().end())
                : null;
    }

    /** The parts without the spelling of a word that stands next to it: "smith s m i t h". */
    private static List<EmailPart> withoutEcho(List<EmailPart> parts) {
        var kept = new ArrayList<EmailPart>();
        for (var part : parts) {
            boolean echo = !kept.isEmpty()
                    && part.kind() != kept.getLast().kind()
                    && part.kind() != Kind.SIGN
                    && part.text().equals(kept.getLast().text());
            if (!echo) {
                kept.add(part);
            }
        }
        return kept;
    }
}
