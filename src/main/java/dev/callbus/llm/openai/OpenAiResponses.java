package dev.callbus.llm.openai;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.config.LlmSettings;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.http.VendorServer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;

/**
 * A model behind OpenAI's Responses API. Nothing is stored at the vendor: each question holds the whole conversation.
 *
 * <p>Source: developers.openai.com/api/reference/resources/responses/streaming-events
 */
public final class OpenAiResponses implements LanguageModel {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LlmSettings.Provider provider;
    private final ResponsesRequest requests;
    private final VendorServer server;

    /** @param client stays the caller's to close */
    public OpenAiResponses(HttpClient client, LlmSettings.Provider provider) {
        this.provider = provider;
        this.requests = new ResponsesRequest(MAPPER, provider);
        this.server = new VendorServer(MAPPER, client, provider.baseUrl(), provider.apiKey());
    }

    @Override
    public String provider() {
        return provider.name();
    }

    @Override
    public String model() {
        return provider.model();
    }

    @Override
    public Answer stream(LlmProtocol.Generate request, Sink sink) {
        var reader = new ResponsesStream(MAPPER, provider.name(), nameFor(request));
        return server.post("/responses", requests.body(request), reader, sink);
    }

    @Override
    public Future<Void> warm() {
        return server.warm("/models");
    }
}
