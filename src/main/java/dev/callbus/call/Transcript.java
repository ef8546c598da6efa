package dev.callbus.call;

import dev.callbus.servicenow.CallRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Everything that was said and heard in a call, also what a long history has forgotten. */
final class Transcript {
    private final List<Said> lines = new ArrayList<>();

    /** Somebody begins to say something that may still be cut to what was heard. */
    void add(Instant at, CallRecord.Speaker speaker, Supplier<String> words) {
        lines.add(new Said(at, speaker, words));
    }

    /** What was said, in order; nothing that turned out to be empty. */
    List<CallRecord.Line> lines() {
        return lines.stream()
                .map(said -> new CallRecord.Line(
                        said.at, said.speaker, said.words.get().strip()))
                .filter(line -> !line.text().isEmpty())
                .toList();
    }

    private record Said(Instant at, CallRecord.Speaker speaker, Supplier<String> words) {}
}
