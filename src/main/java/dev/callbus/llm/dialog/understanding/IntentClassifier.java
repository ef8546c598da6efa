package dev.callbus.llm.dialog.understanding;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Tells the intent of an utterance: a linear support vector machine, one intent against the rest, over {@link Features}
 * weighted by how few examples have them. The solver's random numbers have a fixed seed, so the same phrases give the same
 * classifier.
 */
final class IntentClassifier {
    private static final double COST = 1;
    private static final double TOLERANCE = 0.1;
    private static final int SEED = 1;
    private static final double SHARPNESS = 4;

    private final Map<String, Integer> ids;
    private final double[] rarity;
    private final List<String> intents;
    private final Model model;

    private IntentClassifier(Map<String, Integer> ids, double[] rarity, List<String> intents, Model model) {
        this.ids = ids;
        this.rarity = rarity;
        this.intents = intents;
        this.model = model;
    }

    /** A classifier trained from examples by intent. */
    static IntentClassifier train(Map<String, List<String>> examples) {
        var intents = List.copyOf(examples.keySet());
        var rows = new ArrayList<List<String>>();
        var labels = new ArrayList<Integer>();
        for (var entry : examples.entrySet()) {
            int intent = intents.indexOf(entry.getKey());
            for (String phrase : entry.getValue()) {
                rows.add(List.copyOf(Features.of(phrase)));
                labels.add(intent);
            }
        }
        var ids = new HashMap<String, Integer>();
        var counts = new ArrayList<Integer>();
        for (var row : rows) {
            for (String feature : row) {
                int id = ids.computeIfAbsent(feature, f -> ids.size());
                if (id == counts.size()) {
                    counts.add(0);
                }
                counts.set(id, counts.get(id) + 1);
            }
        }
        var rarity = new double[counts.size()];
        for (int id = 0; id < rarity.length; id++) {
            rarity[id] = Math.log((1.0 + rows.size()) / (1 + counts.get(id))) + 1;
        }
        var problem = new Problem();
        problem.l = rows.size();
        problem.n = rarity.length;
        problem.x = rows.stream().map(row -> vector(row, ids, rarity)).toArray(Feature[][]::new);
        problem.y = labels.stream().mapToDouble(Integer::doubleValue).toArray();
        Linear.disableDebugOutput();
        var parameter = new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, COST, TOLERANCE);
        parameter.setRandom(new Random(SEED));
        var model = Linear.train(problem, parameter);
        return new IntentClassifier(ids, rarity, intents, model);
    }

    /** All intents with their margins, best first. */
    List<Guess> guesses(String utterance) {
        var margins = new double[intents.size()];
        Linear.predictValues(model, vector(Features.of(utterance), ids, rarity), margins);
        double sum = 0;
        for (int i = 0; i < margins.length; i++) {
            margins[i] = Math.exp(SHARPNESS * margins[i]);
            sum += margins[i];
        }
        int[] labels = model.getLabels();
        var guesses = new ArrayList<Guess>();
        for (int i = 0; i < labels.length; i++) {
            guesses.add(new Guess(intents.get(labels[i]), margins[i] / sum));
        }
        guesses.sort(Comparator.comparingDouble(Guess::confidence).reversed());
        return guesses;
    }

    private static Feature[] vector(Iterable<String> features, Map<String, Integer> ids, double[] rarity) {
        var nodes = new ArrayList<FeatureNode>();
        double squares = 0;
        for (String feature : features) {
            Integer id = ids.get(feature);
            if (id != null) {
                nodes.add(new FeatureNode(id + 1, rarity[id]));
                squares += rarity[id] * rarity[id];
            }
        }
        double length = Math.sqrt(squares);
        nodes.forEach(node -> node.setValue(node.getValue() / length));
        nodes.sort(Comparator.comparingInt(FeatureNode::getIndex));
        return nodes.toArray(Feature[]::new);
    }
}
