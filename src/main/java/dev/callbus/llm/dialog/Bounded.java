package dev.callbus.llm.dialog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The last results of a pure function; safe for use by several threads. */
final class Bounded<K, V> {
    private final Map<K, V> known;

    Bounded(int most) {
        known = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    V get(K key, Function<K, V> function) {
        synchronized (known) {
            var found = known.get(key);
            if (found != null) {
                return found;
            }
        }
        var made = function.apply(key);
        synchronized (known) {
            known.put(key, made);
        }
        return made;
    }
}
