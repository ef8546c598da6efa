package dev.callbus.scenario;

import java.util.List;
import java.util.stream.Stream;

/**
 * One conversation that a server is to hold as it is written.
 *
 * @param place where it is written
 * @param tags by which scenarios are chosen
 * @param cites what it guards against: links, or numbers of defects
 * @param given how the world is before the call
 */
public record Scenario(
        Place place,
        String name,
        String description,
        List<String> tags,
        List<String> cites,
        Given given,
        List<Step> steps) {
    public Scenario {
        tags = List.copyOf(tags);
        cites = List.copyOf(cites);
        steps = List.copyOf(steps);
    }

    /** Whether it is about what the model does, rather than what the server does with any. */
    boolean concernsModel() {
        var model = given.model();
        return model.script() != null
                || model.diesAfterTurn() != null
                || Stream.concat(given.chaos().stream(), steps.stream())
                        .anyMatch(step -> step instanceof Step.Chaos chaos
                                && chaos.trouble().isOfModel());
    }

    /** A line of a file. */
    public record Place(String file, int line) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }
}
