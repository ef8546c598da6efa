package dev.callbus.llm.flowise;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.config.LlmSettings;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.http.VendorServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A flow behind Flowise's Prediction API. The provider's model is the id of the flow. The flow keeps the conversation itself,
 * under the call's id, and runs its own tools; ours are not offered to it.
 *
 * <p>Source: docs.flowiseai.com/using-flowise/prediction
 */
public final class FlowiseModel implements LanguageModel {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Vertx vertx;
    private final LlmSettings.Provider provider;
    private final VendorServer server;

    /** @param client stays the caller's to close */
    public FlowiseModel(Vertx vertx, HttpClient client, LlmSettings.Provider provider) {
        this.vertx = vertx;
        this.provider = provider;
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
        var flow = segment(request.model().modelOr(provider.model()));
        var call = segment(request.callSid());
        var turn = new FlowiseTurn(server, "/api/v1/chatmessage/abort/" + flow + "/" + call, sink);
        turn.begin(
                vertx.sharedData().getLocalLock("flowise." + request.callSid()),
                "/api/v1/prediction/" + flow,
                FlowiseQuestion.body(MAPPER, request),
                new FlowiseStream(MAPPER, nameFor(request)));
        return turn;
    }

    @Override
    public Future<Void> warm() {
        return server.warm("/api/v1/ping");
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
