package dev.callbus.llm.dialog.flow;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How callers choose one of several things that were read out to them.
 *
 * @param ways how its place is said
 * @param about how its subject is said, as the first group
 * @param small words that tell nothing of a subject
 * @param as what is understood in place of such words, with the value of what was chosen
 * @param unclear what is understood if it can't be told which one was meant
 * @param alone what is understood if nothing else was said, with either of these
 */
public record Choosing(
        List<Way> ways, List<Pattern> about, Set<String> small, Template as, String unclear, Template alone) {
    /** The place of what was read out last. */
    public static final String LAST = "last";

    /** The name of the group of a way that is the place. */
    public static final String PLACE = "place";

    /** An expression with a group for the place, and which place each word for it means, counted from 1. */
    public record Way(Pattern pattern, Map<String, String> places) {}
}
