package dev.callbus.llm.dialog;

import dev.callbus.llm.dialog.understanding.Answer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the caller said, as it was understood.
 *
 * @param words how many words it has
 * @param exact whether it was no speech but a choice that says exactly what is meant
 */
record Heard(
        String text,
        String intent,
        double confidence,
        Map<String, String> entities,
        @Nullable Answer answer,
        int words,
        boolean exact) {
    /** In the middle of a story one must be so sure that it is a wish or an answer: "it can't be cancelled" and "no sound" are none. */
    static final double SURE = 0.85;

    static final Heard NOTHING = new Heard("", "", 0, Map.of(), null, 0, false);

    Heard {
        entities = Map.copyOf(entities);
    }

    boolean means(String wanted, double confident) {
        return intent.equals(wanted) && confidence >= confident;
    }
}
