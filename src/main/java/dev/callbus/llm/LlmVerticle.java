package dev.callbus.llm;

import dev.callbus.bus.StreamOutlet;
import dev.callbus.config.LlmSettings;
import dev.callbus.llm.dialog.DialogShelf;
import dev.callbus.llm.flowise.FlowiseModel;
import dev.callbus.llm.openai.OpenAiChat;
import dev.callbus.llm.openai.OpenAiResponses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The model service: streams answers to calls, each from the first provider of the chain that gives one. A node runs one
 * instance per event loop.
 */
public final class LlmVerticle extends VerticleBase {
    /** Concurrent answers per provider and instance; each holds a connection. */
    private static final int CONNECTIONS = 4096;

    /** So often connections that nobody uses are looked for; Vert.x would each second, in every client. */
    private static final int IDLE_LOOK_MILLIS = 5000;

    private final LlmSettings settings;
    private final @Nullable DialogShelf dialogs;
    private @Nullable HttpClient client;

    public LlmVerticle(LlmSettings settings) {
        this(settings, null);
    }

    /** @param dialogs the rule-based dialog that answers when no provider does, or null for none */
    public LlmVerticle(LlmSettings settings, @Nullable DialogShelf dialogs) {
        this.settings = settings;
        this.dialogs = dialogs;
    }

    @Override
    public Future<?> start() {
        // HTTP/1.1 on purpose: a stream of its own connection can't be stalled by others, and cancelling it is a close.
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(3000)
                        .setKeepAliveTimeout(90)
                        .setTcpNoDelay(true)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setCleanerPeriod(IDLE_LOOK_MILLIS));
        var models = settings.chain().stream().map(this::model).collect(Collectors.toCollection(ArrayList::new));
        if (dialogs != null) {
            models.add(new ShelvedDialog(dialogs));
        }
        var chain = new ProviderChain(vertx, models, settings);
        return Future.all(
                LlmBus.GENERATE.serve(vertx, (question, outlet) -> answer(chain, question, outlet)),
                LlmBus.WARM.serve(vertx, warm -> chain.warm()));
    }

    @Override
    public Future<?> stop() {
        return client == null ? Future.succeededFuture() : client.close();
    }

    private LanguageModel model(LlmSettings.Provider provider) {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return switch (provider.api()) {
            case OPENAI_CHAT -> new OpenAiChat(client, provider);
            case OPENAI_RESPONSES -> new OpenAiResponses(client, provider);
            case FLOWISE -> new FlowiseModel(vertx, client, provider);
        };
    }

    private void answer(ProviderChain chain, LlmProtocol.Generate question, StreamOutlet<ModelEvent> outlet) {
        var relay = new Relay(vertx, outlet);
        var answer = chain.stream(question, relay);
        relay.answer = answer;
        outlet.onDrain(answer::resume).onCancel(() -> {
            relay.phrasing.cancel();
            answer.cancel();
        });
    }

    /** Passes a model's events to the stream and stops the model while the receiver has no credit. */
    private static final class Relay implements LanguageModel.Sink {
        private final StreamOutlet<ModelEvent> outlet;
        private final Phrasing phrasing;
        private LanguageModel.@Nullable Answer answer;

        Relay(Vertx vertx, StreamOutlet<ModelEvent> outlet) {
            this.outlet = outlet;
            this.phrasing = new Phrasing(vertx, this::emit);
        }

        @Override
        public void event(ModelEvent event) {
            switch (event) {
                case ModelEvent.Delta delta -> phrasing.words(delta);
                case ModelEvent.ToolCalls calls -> {
                    phrasing.flush();
                    emit(calls);
                }
                case ModelEvent.Finished finished -> end(finished);
                case ModelEvent.Failed failed -> end(failed);
            }
        }

        private void emit(ModelEvent event) {
            outlet.emit(event);
            if (outlet.isFull() && answer != null) {
                answer.pause();
            }
        }

        private void end(ModelEvent event) {
            phrasing.flush();
            outlet.emit(event);
            outlet.end();
        }
    }
}
