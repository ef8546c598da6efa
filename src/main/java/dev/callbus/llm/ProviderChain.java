package dev.callbus.llm;

import dev.callbus.config.LlmSettings;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The providers of answers in the order in which they are asked, and which of them are known to be shut for now. */
final class ProviderChain {
    private static final Logger log = LoggerFactory.getLogger(ProviderChain.class);

    /** How long a provider that refuses our key or has no budget for us is passed over. */
    private static final long SHUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Vertx vertx;
    private final List<LanguageModel> models;
    private final LlmSettings settings;
    private final Map<LanguageModel, Long> shutSince = new HashMap<>();

    ProviderChain(Vertx vertx, List<LanguageModel> models, LlmSettings settings) {
        this.vertx = vertx;
        this.models = List.copyOf(models);
        this.settings = settings;
    }

    /** Asks until one answers; the sink gets exactly one end, or none after a cancel. */
    LanguageModel.Answer stream(LlmProtocol.Generate request, LanguageModel.Sink sink) {
        var attempts = new Attempts(vertx, this, candidates(), settings, request, sink);
        attempts.begin();
        return attempts;
    }

    /** Opens a connection to each provider that could be asked first. */
    void warm() {
        candidates().getFirst().warm();
    }

    /** Remembers that a provider would refuse others as well. */
    void shut(LanguageModel model) {
        if (shutSince.put(model, System.nanoTime()) == null && models.size() > 1) {
            log.warn("provider passed over for a minute [provider: {}]", model.name());
        }
    }

    private List<LanguageModel> candidates() {
        var open = new ArrayList<LanguageModel>();
        long now = System.nanoTime();
        for (var model : models) {
            var since = shutSince.get(model);
            if (since != null && now - since >= SHUT_NANOS) {
                shutSince.remove(model);
                since = null;
            }
            if (since == null) {
                open.add(model);
            }
        }
        return open.isEmpty() ? models : open;
    }
}
