package dev.callbus.sandbox.servicenow.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A piece of SQL with the values of its question marks. Values from outside are never part of the text. */
record Sql(String text, List<Object> binds) {
    static final Sql NOTHING = new Sql("", List.of());

    Sql {
        binds = List.copyOf(binds);
    }

    static Sql of(String text, Object... binds) {
        return new Sql(text, List.of(binds));
    }

    /** A name of the dictionary as an identifier. */
    static String name(String name) {
        return '"' + name + '"';
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    Sql then(Sql next) {
        return new Sql(
                text + next.text,
                Stream.concat(binds.stream(), next.binds.stream()).toList());
    }

    Sql then(String next, Object... more) {
        return then(of(next, more));
    }

    /** The pieces that aren't empty, each in parentheses, with a word between them; empty if all are. */
    static Sql join(String word, Collection<Sql> pieces) {
        var texts = new ArrayList<String>();
        var binds = new ArrayList<>();
        for (var piece : pieces) {
            if (!piece.isEmpty()) {
                texts.add('(' + piece.text + ')');
                binds.addAll(piece.binds);
            }
        }
        return new Sql(String.join(word, texts), binds);
    }
}
