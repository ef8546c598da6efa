package dev.callbus.llm.dialog.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A text with places that values are put into: {@code {name}}, {@code {result.member}}, or {@code {name|words}} for what the value is called. */
public record Template(String source, List<Part> parts) {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][\\w.]*)(?:\\|(\\w+))?}");

    /** A brace with words beside it; JSON has quotes there. */
    private static final Pattern BRACE = Pattern.compile("\\{(?!\\s*[\"}])[^{}\"]{0,30}}?");

    private static final String PAUSES = ".,;:";

    /** A piece of a template. */
    sealed interface Part {}

    /** Words that stay. */
    record Literal(String text) implements Part {}

    /** Where a value goes, by which list of words it is told if there is one. */
    public record Place(String name, @Nullable String words) implements Part {}

    /** Where values come from. */
    public interface Values {
        /** The value of this name; empty if there is none. */
        String value(Place place);
    }

    /** The template that this text is the source of. */
    public static Template of(String source) {
        var parts = new ArrayList<Part>();
        var places = PLACE.matcher(source);
        int at = 0;
        while (places.find()) {
            if (places.start() > at) {
                parts.add(new Literal(source.substring(at, places.start())));
            }
            parts.add(new Place(places.group(1), places.group(2)));
            at = places.end();
        }
        if (at < source.length()) {
            parts.add(new Literal(source.substring(at)));
        }
        return new Template(source, List.copyOf(parts));
    }

    /** The words around its places, in their order. */
    public List<String> literals() {
        return parts.stream()
                .filter(Literal.class::isInstance)
                .map(part -> ((Literal) part).text())
                .toList();
    }

    /** The places in it. */
    public List<Place> places() {
        return parts.stream()
                .filter(Place.class::isInstance)
                .map(Place.class::cast)
                .toList();
    }

    /** What looks as if a value went there, but isn't written so; null if there is nothing of that kind. */
    public @Nullable String broken() {
        var literals = parts.stream()
                .map(part -> part instanceof Literal literal ? literal.text() : " ")
                .collect(Collectors.joining());
        var brace = BRACE.matcher(literals);
        if (brace.find()) {
            return brace.group();
        }
        int opened = literals.length() - literals.replace("{", "").length();
        int closed = literals.length() - literals.replace("}", "").length();
        return closed > opened ? "}" : null;
    }

    /** The text with the values in their places; the stop that ends a value goes where the sentence around it goes on. */
    public String fill(Values values) {
        var filled = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Literal literal -> {
                    if (PAUSES.indexOf(literal.text().charAt(0)) >= 0) {
                        endOfSentence(filled);
                    }
                    filled.append(literal.text());
                }
                case Place place -> filled.append(values.value(place));
            }
        }
        return filled.toString();
    }

    /** Takes away the stop at the end of a value, such as a ticket's title, where the sentence around it goes on. */
    private static void endOfSentence(StringBuilder filled) {
        int last = filled.length() - 1;
        if (last >= 0 && PAUSES.indexOf(filled.charAt(last)) >= 0) {
            filled.setLength(last);
        }
    }
}
