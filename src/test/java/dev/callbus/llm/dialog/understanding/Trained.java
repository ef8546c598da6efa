package dev.callbus.llm.dialog.understanding;

import java.nio.file.Path;

/** Understanding trained from the phrases that ship, once for all tests. */
final class Trained {
    static final Phrases PHRASES = phrases();
    static final Understanding UNDERSTANDING = Understanding.train(PHRASES);

    private Trained() {}

    private static Phrases phrases() {
        try {
            return PhrasesReader.read(Path.of("assets/dialogs/phrases.yaml"));
        } catch (PhrasesException e) {
            throw new AssertionError(e);
        }
    }
}
