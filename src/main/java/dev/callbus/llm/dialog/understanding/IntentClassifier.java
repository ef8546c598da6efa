package dev.callbus.llm.dialog.understanding;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Tells the intent of an utterance: a linear support vector machine, one intent against the rest, over {@link Features}. The
 * solver's random numbers have a fixed seed, so the same phrases give the same classifier.
 *
 * <p>The confidences are a softmax of the margins. How sharp it is was chosen so that, on examples left out of the training, one in
 * twenty of those that can be helped with stays below {@link Understanding#SURE}.
 */
final class IntentClassifier {
    private static final double COST = 2;
    private static final double TOLERANCE = 0.5;
    private static final int SEED = 1;
    private static final double SHARPNESS = 4;

    /** Of what callers say, this much at least of the pieces of words is known; of sounds that a transcriber made words of, less is. */
    private static final double OF_WORDS = 0.75;

    private static final double OF_SOUNDS = 0.35;

    private final Vocabulary vocabulary;
    private final List<String> intents;
    private final Model model;

    private IntentClassifier(Vocabulary vocabulary, List<String> intents, Model model) {
        this.vocabulary = vocabulary;
        this.intents = intents;
        this.model = model;
    }

    /** A classifier trained from examples by intent. */
    static IntentClassifier train(Map<String, List<String>> examples) {
        var intents = List.copyOf(examples.keySet());
        var rows = new ArrayList<Set<String>>();
        var labels = new ArrayList<Integer>();
        for (var entry : examples.entrySet()) {
            int intent = intents.indexOf(entry.getKey());
            for (String phrase : entry.getValue()) {
                rows.add(Features.of(phrase));
                labels.add(intent);
            }
        }
        var vocabulary = new Vocabulary(rows);
        var problem = new Problem();
        problem.l = rows.size();
        problem.n = vocabulary.size();
        problem.x = rows.stream().map(vocabulary::vector).toArray(Feature[][]::new);
        problem.y = labels.stream().mapToDouble(Integer::doubleValue).toArray();
        Linear.disableDebugOutput();
        var parameter = new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, COST, TOLERANCE);
        parameter.setRandom(new Random(SEED));
        return new IntentClassifier(vocabulary, intents, Linear.train(problem, parameter));
    }

    /** All intents with their confidences, best first; these add up to 1, or to less if hardly a word is one. */
    List<Guess> guesses(String utterance) {
        int[] labels = model.getLabels();
        var margins = new double[labels.length];
        var features = Features.of(utterance);
        Linear.predictValues(model, vocabulary.vector(features), margins);
        if (labels.length == 2) {
            margins[1] = -margins[0];
        }
        double sum = 0;
        for (int i = 0; i < margins.length; i++) {
            margins[i] = Math.exp(SHARPNESS * margins[i]);
            sum += margins[i];
        }
        double trust = vocabulary.known(features) < OF_WORDS ? OF_SOUNDS : 1;
        var guesses = new ArrayList<Guess>();
        for (int i = 0; i < labels.length; i++) {
            guesses.add(new Guess(intents.get(labels[i]), trust * margins[i] / sum));
        }
        guesses.sort(Comparator.comparingDouble(Guess::confidence).reversed());
        return guesses;
    }
}
