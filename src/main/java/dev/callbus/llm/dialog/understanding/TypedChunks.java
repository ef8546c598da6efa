package dev.callbus.llm.dialog.understanding;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where the words of addresses that were typed, without a blank in them, begin. */
final class TypedChunks {
    private TypedChunks() {}

    static Set<Integer> starts(List<Word> words) {
        var starts = new HashSet<Integer>();
        int from = 0;
        for (int i = 1; i <= words.size(); i++) {
            if (i < words.size() && words.get(i).glued()) {
                continue;
            }
            mark(words.subList(from, i), starts);
            from = i;
        }
        return starts;
    }

    private static void mark(List<Word> chunk, Set<Integer> starts) {
        int at = indexOfAt(chunk);
        if (at <= 0 || at + 1 >= chunk.size() || chunk.get(at - 1).isSign()) {
            return;
        }
        int end = chunk.size();
        while (chunk.get(end - 1).isSign()) {
            end--;
        }
        int from = at;
        while (from > 0 && isOfName(chunk.get(from - 1))) {
            from--;
        }
        chunk.subList(from, end).forEach(word -> starts.add(word.start()));
    }

    private static boolean isOfName(Word word) {
        return !word.isSign() || Set.of(".", "-", "_", "+").contains(word.text());
    }

    private static int indexOfAt(List<Word> chunk) {
        for (int i = 0; i < chunk.size(); i++) {
            if (chunk.get(i).text().equals("@")) {
                return i;
            }
        }
        return -1;
    }
}
