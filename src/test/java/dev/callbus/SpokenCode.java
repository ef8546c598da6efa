package dev.callbus;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** The ways in which callers say a code of six digits or more, in one or two utterances. */
enum SpokenCode {
    FIGURES {
        @Override
        List<String> of(String code) {
            return List.of(code);
        }
    },
    SPELLED {
        @Override
        List<String> of(String code) {
            return List.of("My code is " + String.join("-", code.split("", -1)).replaceFirst("-$", "") + ", thanks");
        }
    },
    PAIRS {
        @Override
        List<String> of(String code) {
            return List.of(code.substring(0, 2) + " " + code.substring(2, 4) + " " + code.substring(4) + ".");
        }
    },
    WORDS {
        @Override
        List<String> of(String code) {
            return List.of("it's " + words(code, ENGLISH));
        }
    },
    SPANISH {
        @Override
        List<String> of(String code) {
            return List.of(words(code, "cero uno dos tres cuatro cinco seis siete ocho nueve"));
        }
    },
    GERMAN {
        @Override
        List<String> of(String code) {
            return List.of(words(code, "null eins zwei drei vier fünf sechs sieben acht neun"));
        }
    },
    HESITATING {
        @Override
        List<String> of(String code) {
            return List.of(words(code.substring(0, 2), ENGLISH) + " uh " + words(code.substring(2, 4), ENGLISH)
                    + ", and then " + words(code.substring(4), ENGLISH));
        }
    },
    TWO_BREATHS {
        @Override
        List<String> of(String code) {
            return List.of(words(code.substring(0, 3), ENGLISH), words(code.substring(3), ENGLISH));
        }
    },
    TWO_BREATHS_IN_FIGURES {
        @Override
        List<String> of(String code) {
            return List.of(code.substring(0, 3), code.substring(3));
        }
    };

    private static final String ENGLISH = "zero one two three four five six seven eight nine";

    /** What is said, one utterance after the other. */
    abstract List<String> of(String code);

    static List<String> any(String code, Random chance) {
        return values()[chance.nextInt(values().length)].of(code);
    }

    private static String words(String code, String language) {
        var words = language.split(" ", -1);
        return code.chars().mapToObj(digit -> words[digit - '0']).collect(Collectors.joining(" "));
    }
}
