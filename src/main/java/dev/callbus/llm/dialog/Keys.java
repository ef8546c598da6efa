package dev.callbus.llm.dialog;

import java.util.List;
import java.util.regex.Pattern;

/** What keys mean, and the words that stand for them. */
final class Keys {
    private static final Pattern KEYED = Pattern.compile("^The caller keyed ([0-9*# ]+)$");

    private Keys() {}

    /** What is chosen of these options by a key or by the option's own words; otherwise what was said, or the keys alone. */
    static String meant(String text, List<DialogReply.Option> options) {
        var key = KEYED.matcher(text);
        var wanted = key.matches() ? key.group(1).replaceAll("[ #]", "") : text;
        return options.stream()
                .filter(option -> option.key().equals(wanted)
                        || Ears.plain(option.label()).equals(Ears.plain(wanted))
                        || Ears.plain(option.word()).equals(Ears.plain(wanted)))
                .map(DialogReply.Option::payload)
                .filter(payload -> payload.startsWith("/"))
                .findFirst()
                .orElse(wanted);
    }
}
