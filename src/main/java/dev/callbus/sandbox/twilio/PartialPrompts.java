package dev.callbus.sandbox.twilio;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a transcription knows of an utterance while it lasts: each guess replaces the one before. */
final class PartialPrompts {
    private static final Pattern GAP = Pattern.compile("\\s+");

    private PartialPrompts() {}

    /** The utterance up to each of its gaps; the whole of it is not among them. */
    static List<String> of(String words) {
        var partials = new ArrayList<String>();
        var gap = GAP.matcher(words.strip());
        while (gap.find()) {
            partials.add(words.strip().substring(0, gap.start()));
        }
        return partials;
    }
}
