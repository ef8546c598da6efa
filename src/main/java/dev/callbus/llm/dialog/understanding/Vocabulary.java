package dev.callbus.llm.dialog.understanding;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The features that the examples have, each with a weight: the fewer examples have it, the more it tells. */
final class Vocabulary {
    private static final double WEIGHT_OF_PIECES = 0.5;

    private record Entry(int index, double weight) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /** The vocabulary of these rows of features. */
    Vocabulary(List<? extends Collection<String>> rows) {
        var counts = new HashMap<String, Integer>();
        for (var row : rows) {
            row.forEach(feature -> counts.merge(feature, 1, Integer::sum));
        }
        for (var row : rows) {
            for (String feature : row) {
                int count = counts.getOrDefault(feature, 1);
                double rarity = Math.log((1.0 + rows.size()) / (1 + count)) + 1;
                double weight = Features.isPiece(feature) ? WEIGHT_OF_PIECES * rarity : rarity;
                entries.putIfAbsent(feature, new Entry(entries.size() + 1, weight));
            }
        }
    }

    /** The number of features. */
    int size() {
        return entries.size();
    }

    /** How much of the pieces of words in a row any example has, 0 to 1: of real words nearly all, of mere sounds few. */
    double known(Collection<String> features) {
        int pieces = 0;
        int known = 0;
        for (String feature : features) {
            if (Features.isPiece(feature)) {
                pieces++;
                known += entries.containsKey(feature) ? 1 : 0;
            }
        }
        return pieces == 0 ? 0 : (double) known / pieces;
    }

    /** A row as a vector of length one; features that no example has are left out. */
    Feature[] vector(Collection<String> features) {
        var known = new ArrayList<Entry>(features.size());
        double squares = 0;
        for (String feature : features) {
            var entry = entries.get(feature);
            if (entry != null) {
                known.add(entry);
                squares += entry.weight * entry.weight;
            }
        }
        double length = Math.sqrt(squares);
        known.sort(Comparator.comparingInt(Entry::index));
        var vector = new Feature[known.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = new FeatureNode(known.get(i).index, known.get(i).weight / length);
        }
        return vector;
    }
}
