package dev.callbus.llm.dialog.understanding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words for places in a row: "first" to "thirty first". */
final class Ordinals {
    private static final Map<String, Integer> VALUES = new HashMap<>();

    static {
        var english = List.of(
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "eleventh",
                "twelfth",
                "thirteenth",
                "fourteenth",
                "fifteenth",
                "sixteenth",
                "seventeenth",
                "eighteenth",
                "nineteenth",
                "twentieth");
        for (int i = 0; i < english.size(); i++) {
            VALUES.put(english.get(i), i + 1);
        }
        VALUES.put("thirtieth", 30);
        var spanish = List.of("primera", "segunda", "tercera", "cuarta", "quinta");
        var masculine = List.of("primero", "segundo", "tercero", "cuarto", "quinto");
        for (int i = 0; i < spanish.size(); i++) {
            VALUES.put(spanish.get(i), i + 1);
            VALUES.put(masculine.get(i), i + 1);
        }
    }

    private Ordinals() {}

    /** The place that a word means, from 1; nothing if it means none. */
    static @Nullable Integer value(String word) {
        return VALUES.get(word);
    }
}
