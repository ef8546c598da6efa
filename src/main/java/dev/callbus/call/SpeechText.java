package dev.callbus.call;

/**
 * Turns what a model writes into what is to be spoken, as it arrives: one line without markdown, markup, pictographs and bare
 * links, in which ticket numbers and codes are said digit by digit. However an answer is cut, the same is spoken; plain
 * sentences are spoken as they are. At most {@link #MOST_HELD} characters are held back, and of plain words only those that may yet
 * become a ticket number: capitals, digits, and the beginning of a link.
 */
final class SpeechText {
    /** The longest text, in characters, that is held back until it is known what it is: a link's address. */
    static final int MOST_HELD = 600;

    private final SpeechMarkup markup = new SpeechMarkup();
    private final SpeechWords words = new SpeechWords();

    /** What can be spoken now that the model wrote more; may be empty. */
    String next(String delta) {
        return words.next(markup.next(delta));
    }

    /** What is left to be spoken now that the answer is complete; nothing may follow. */
    String end() {
        return words.next(markup.end()) + words.end();
    }

    /** A complete text as it is to be spoken. */
    static String spoken(String text) {
        var speech = new SpeechText();
        return speech.next(text) + speech.end();
    }
}
