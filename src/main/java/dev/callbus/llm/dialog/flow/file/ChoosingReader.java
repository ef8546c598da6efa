package dev.callbus.llm.dialog.flow.file;

import dev.callbus.llm.dialog.flow.Choosing;
import dev.callbus.llm.dialog.flow.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how one of several things is chosen from flow files. */
final class ChoosingReader {
    private static final List<String> KINDS = List.of("ordinal", "number");

    private ChoosingReader() {}

    static Choosing read(FlowSection section) {
        var words = new LinkedHashMap<String, Map<String, String>>();
        KINDS.forEach(kind -> section.get(kind + "s").ifPresent(value -> words.put(kind, places(value))));
        var ways = new ArrayList<Choosing.Way>();
        section.get("ways")
                .ifPresent(value -> value.items().forEach(item -> {
                    var way = way(item, words);
                    if (way != null) {
                        ways.add(way);
                    }
                }));
        var choosing = new Choosing(
                List.copyOf(ways),
                section.get("about").map(FormReader::finders).orElse(List.of()),
                Set.copyOf(section.texts("small")),
                Template.of(section.required("as")),
                section.required("unclear"),
                Template.of(section.required("alone")));
        checkPlace(section, "as", choosing.as(), "value");
        checkPlace(section, "alone", choosing.alone(), "choice");
        section.close();
        return choosing;
    }

    private static void checkPlace(FlowSection section, String key, Template template, String place) {
        if (!template.source().isEmpty() && !template.places().equals(List.of(new Template.Place(place, null)))) {
            section.get(key)
                    .ifPresent(value ->
                            value.fault("does not say which one", "Write {" + place + "} in it, and no other place"));
        }
    }

    private static Map<String, String> places(FlowValue value) {
        var places = new LinkedHashMap<String, String>();
        value.members().forEach((word, place) -> {
            var text = place.text();
            if (!text.matches("[1-9]\\d?") && !text.equals(Choosing.LAST)) {
                place.fault("is no place: " + text, "Write a number from 1 to 99, or last");
            }
            places.put(word.toLowerCase(Locale.ROOT), text);
        });
        return places;
    }

    private static Choosing.@Nullable Way way(FlowValue item, Map<String, Map<String, String>> words) {
        for (var kind : words.entrySet()) {
            var place = "{" + kind.getKey() + "}";
            if (item.text().contains(place)) {
                var any = kind.getValue().keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
                var pattern = item.pattern(text -> text.replace(place, "(?<" + Choosing.PLACE + ">" + any + ")"));
                return pattern == null ? null : new Choosing.Way(pattern, kind.getValue());
            }
        }
        item.fault("has no place in it", "Write {ordinal} or {number} where the caller says it");
        return null;
    }
}
