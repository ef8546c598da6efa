package dev.callbus.llm.dialog.understanding;

import java.util.List;

/**
 * A part of an utterance in which an e-mail address is looked for.
 *
 * @param text what it adds to an address
 * @param start where its words begin in the utterance
 * @param end where they end, exclusive
 * @param typed whether it was written with an address rather than said
 */
record EmailPart(Kind kind, String text, int start, int end, boolean typed) {
    /** What a part may be. */
    enum Kind {
        /** A word, which may be a name or belong to the sentence around the address. */
        WORD,
        /** Letters or digits that were spelled. */
        SPELLED,
        /** A dot, dash, underscore or plus. */
        SIGN,
        /** The sign between name and domain. */
        AT,
        /** The end of a sentence. */
        PAUSE
    }

    /** The parts of an utterance, without fillers and remarks such as "all lower case". */
    static List<EmailPart> of(String utterance) {
        return new EmailSpelling(Word.of(utterance)).parts();
    }

    boolean isDot() {
        return kind == Kind.SIGN && text.equals(".");
    }
}
