package dev.callbus.llm.dialog.understanding;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Letters as they are said: by themselves, by their names ("jay", "double u"), or by the words of a spelling alphabet.
 *
 * <p>Source of the alphabet: ICAO Annex 10, volume II, 5.2.1.3
 */
final class Letters {
    private static final Map<String, Character> SPOKEN = new HashMap<>();

    static {
        var names = Map.ofEntries(
                Map.entry('a', "ay eh"),
                Map.entry('b', "bee be"),
                Map.entry('c', "cee see sea"),
                Map.entry('d', "dee"),
                Map.entry('e', "ee"),
                Map.entry('f', "ef eff"),
                Map.entry('g', "gee jee"),
                Map.entry('h', "aitch haitch"),
                Map.entry('i', "eye"),
                Map.entry('j', "jay"),
                Map.entry('k', "kay"),
                Map.entry('l', "el ell"),
                Map.entry('m', "em"),
                Map.entry('n', "en"),
                Map.entry('o', "oh"),
                Map.entry('p', "pee pea"),
                Map.entry('q', "cue queue"),
                Map.entry('r', "ar are"),
                Map.entry('s', "es ess"),
                Map.entry('t', "tee tea"),
                Map.entry('u', "you yoo"),
                Map.entry('v', "vee"),
                Map.entry('w', "dubya doubleyou"),
                Map.entry('x', "ex"),
                Map.entry('y', "why wye"),
                Map.entry('z', "zee zed"));
        names.forEach((letter, spoken) -> add(letter, spoken));
        for (String word :
                ("alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa"
                                + " quebec romeo sierra tango uniform victor whiskey xray yankee zulu alfa juliett whisky")
                        .split(" ", -1)) {
            SPOKEN.put(word, word.charAt(0));
        }
    }

    private Letters() {}

    private static void add(char letter, String spoken) {
        for (String name : spoken.split(" ", -1)) {
            SPOKEN.put(name, letter);
        }
    }

    /** The letter that a word is or, in the middle of other letters, stands for. */
    static @Nullable Character of(String word) {
        if (word.length() == 1 && word.charAt(0) >= 'a' && word.charAt(0) <= 'z') {
            return word.charAt(0);
        }
        return SPOKEN.get(word);
    }
}
