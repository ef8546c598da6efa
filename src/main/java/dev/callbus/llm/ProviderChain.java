package dev.callbus.llm;

import dev.callbus.config.LlmSettings;
import dev.callbus.time.LoopTime;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The providers of answers in the order in which they are asked, and which of them are known to be shut for now. */
final class ProviderChain {
    private static final Logger log = LoggerFactory.getLogger(ProviderChain.class);

    /** How long a provider that refuses our key, has no budget for us or isn't there is passed over. */
    private static final long SHUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** So many questions in a row for which a provider was not there are no accident; a caller has waited for each of them. */
    private static final int TOO_OFTEN = 3;

    /** How many unknown names are remembered as having been logged. */
    private static final int UNKNOWN_LIMIT = 100;

    private final Vertx vertx;
    private final List<LanguageModel> models;
    private final LlmSettings settings;
    private final Map<LanguageModel, Long> shutSince = new HashMap<>();
    private final Map<LanguageModel, Integer> absences = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    ProviderChain(Vertx vertx, List<LanguageModel> models, LlmSettings settings) {
        this.vertx = vertx;
        this.models = List.copyOf(models);
        this.settings = settings;
    }

    /** Asks until one answers; the sink gets exactly one end, or none after a cancel. */
    LanguageModel.Answer stream(LlmProtocol.Generate request, LanguageModel.Sink sink) {
        var attempts = new Attempts(vertx, this, candidates(request), settings, request.callSid(), sink);
        attempts.begin();
        return attempts;
    }

    /** Opens a connection to each provider that could be asked first. */
    void warm() {
        open().getFirst().warm();
    }

    /** Remembers that a provider would refuse others as well. */
    void shut(LanguageModel model) {
        if (shutSince.put(model, LoopTime.nanos()) == null && models.size() > 1) {
            log.warn("provider passed over for a minute [provider: {}]", model.provider());
        }
    }

    /** Takes note that a provider was not there. Once it is passed over, a single try decides whether it goes on to be. */
    void absent(LanguageModel model) {
        if (absences.merge(model, 1, Integer::sum) >= TOO_OFTEN) {
            shut(model);
        }
    }

    /** Takes note that a provider answers. */
    void answered(LanguageModel model) {
        absences.remove(model);
    }

    /**
     * Who is asked, in order. Only the provider that the conversation's choice is meant for gets to know of the model in it,
     * because no other vendor has a model of that name.
     */
    private List<Candidate> candidates(LlmProtocol.Generate request) {
        var open = open();
        var plain = request.toConfigured();
        var chosen = request.model().equals(ModelChoice.CONFIGURED) ? null : chosen(request.model());
        var order = new ArrayList<Candidate>(open.size());
        for (var model : open) {
            if (model.equals(chosen)) {
                order.addFirst(new Candidate(model, request));
            } else {
                order.add(new Candidate(model, plain));
            }
        }
        return order;
    }

    /** The provider that the choice is meant for, or null if there is none of that name. */
    private @Nullable LanguageModel chosen(ModelChoice choice) {
        if (choice.provider() == null) {
            return models.getFirst();
        }
        for (var model : models) {
            if (model.provider().equals(choice.provider())) {
                return model;
            }
        }
        if (unknown.size() < UNKNOWN_LIMIT && unknown.add(choice.provider())) {
            log.warn("no such provider, the configured one is asked [provider: {}]", choice.provider());
        }
        return null;
    }

    private List<LanguageModel> open() {
        if (shutSince.isEmpty()) {
            return models;
        }
        var open = new ArrayList<LanguageModel>();
        long now = LoopTime.nanos();
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
