package dev.callbus.llm.openai;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.config.LlmSettings;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.http.VendorServer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;

/**
 * A model behind OpenAI's Chat Completions API, at OpenAI or at a server that speaks the same.
 *
 * <p>Source: platform.openai.com/docs/api-reference/chat-streaming
 */
public final class OpenAiChat implements LanguageModel {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LlmSettings.Provider provider;
    private final ChatRequest requests;
    private final VendorServer server;

    /** @param client stays the caller's to close */
    public OpenAiChat(HttpClient client, LlmSettings.Provider provider) {
        this.provider = provider;
        this.requests = new ChatRequest(MAPPER, provider);
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
        var reader = new ChatStream(MAPPER, nameFor(request));
        return server.post("/chat/completions", requests.body(request), reader, sink);
    }

    @Override
    public Future<Void> warm() {
        return server.warm("/models");
    }
}
