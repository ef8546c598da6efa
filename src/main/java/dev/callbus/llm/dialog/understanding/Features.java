package dev.callbus.llm.dialog.understanding;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The features of an utterance by which intents are told apart: its words, its pairs of neighbouring words, and pieces of
 * words of up to four characters, which survive a mistake in the transcription.
 */
final class Features {
    private static final int LONGEST_PIECE = 4;
    private static final int LONGEST_TEXT = 600;
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w.-]{1,100}");
    private static final Pattern APOSTROPHE = Pattern.compile("['’`]");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}_]+");
    private static final Pattern TICKET = Pattern.compile("\\binc\\d+\\b");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Features() {}

    /** The features of an utterance. */
    static Set<String> of(String utterance) {
        var features = new LinkedHashSet<String>();
        String before = "^";
        for (String word : plain(utterance).split(" ", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            features.add("w " + word);
            features.add("b " + before + " " + word);
            pieces("_" + word + "_", features);
            before = word;
        }
        features.add("b " + before + " $");
        return features;
    }

    /** Whether a feature is a piece of a word rather than a word or a pair. */
    static boolean isPiece(String feature) {
        return feature.indexOf(' ') < 0;
    }

    /** The utterance in lower case, without punctuation, its addresses and numbers replaced by a mark of their kind. */
    static String plain(String utterance) {
        String text = utterance.length() > LONGEST_TEXT ? utterance.substring(0, LONGEST_TEXT) : utterance;
        text = text.toLowerCase(Locale.ROOT);
        text = EMAIL.matcher(text).replaceAll(" xemailx ");
        text = APOSTROPHE.matcher(text).replaceAll("");
        text = OTHER.matcher(text).replaceAll(" ");
        text = TICKET.matcher(text).replaceAll(" xticketx ");
        return NUMBER.matcher(text).replaceAll("#").strip();
    }

    private static void pieces(String word, Set<String> features) {
        for (int from = 0; from < word.length(); from++) {
            int end = Math.min(word.length(), from + LONGEST_PIECE);
            for (int to = from + 2; to <= end; to++) {
                features.add(word.substring(from, to));
            }
        }
    }
}
