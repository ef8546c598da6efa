package dev.callbus.llm;

import dev.callbus.bus.Reach;
import dev.callbus.bus.Stream;
import dev.callbus.bus.Tell;
import java.time.Duration;

/** The addresses of the model service. */
public final class LlmBus {

    /** Streams a model's answer. Cancelling it closes the vendor's stream. */
    public static final Stream<LlmProtocol.Generate, ModelEvent> GENERATE =
            new Stream<>("llm.generate", Reach.NODE, Duration.ofSeconds(3), 64);

    /** Opens connections ahead of the first turn. */
    public static final Tell<LlmProtocol.Warm> WARM = new Tell<>("llm.warm", Reach.NODE);

    private LlmBus() {}
}
