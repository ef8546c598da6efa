package dev.callbus.llm.dialog.flow;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that the agent says.
 *
 * @param texts by language; of several ways to say it, each in turn
 * @param menu what the caller may choose from, in the order of the keys
 * @param cues how to recognise that another model asked this
 * @param each the list that this is said for each item of, or null
 * @param most how many items of it are told
 * @param backwards whether the last of these is told first
 * @param choice by what one of these is chosen afterwards, or null
 */
public record Utterance(
        String name,
        Map<String, List<Template>> texts,
        List<MenuOption> menu,
        @Nullable DynamicMenu dynamic,
        List<Pattern> cues,
        @Nullable String each,
        int most,
        boolean backwards,
        @Nullable Choice choice) {

    /** One of the items that were told may then be chosen: the member that it is known by, and the one that says what it is about. */
    public record Choice(String value, String subject) {}

    /** What can be chosen with a key or by its words. */
    public record MenuOption(String key, Map<String, String> label, Map<String, String> word, String payload) {}

    /** A menu whose options come with a tool's result: which remembered list, what an item is called, and what stands for it. */
    public record DynamicMenu(String list, Map<String, Template> label, Template value) {}
}
