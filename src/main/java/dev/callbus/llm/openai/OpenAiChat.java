package dev.callbus.llm.openai;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.config.LlmSettings;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.LlmProtocol;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;

/**
 * A model behind OpenAI's Chat Completions API, at OpenAI or at a server that speaks the same.
 *
 * <p>Source: platform.openai.com/docs/api-reference/chat-streaming
 */
public final class OpenAiChat implements LanguageModel {
    /** A connection that was opened ahead stays open about so long; warming again earlier would only cost. */
    private static final long WARM_NANOS = Duration.ofSeconds(20).toNanos();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client;
    private final LlmSettings.Provider provider;
    private final ChatRequest requests;
    private final URI base;
    private long warmedAt = System.nanoTime() - WARM_NANOS;

    /** @param client stays the caller's to close */
    public OpenAiChat(HttpClient client, LlmSettings.Provider provider) {
        this.client = client;
        this.provider = provider;
        this.requests = new ChatRequest(MAPPER, provider);
        this.base = provider.baseUrl();
    }

    @Override
    public String name() {
        return provider.name() + ":" + provider.model();
    }

    @Override
    public Answer stream(LlmProtocol.Generate request, Sink sink) {
        warmedAt = System.nanoTime();
        var options = options(HttpMethod.POST, "/chat/completions")
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "text/event-stream");
        return new OpenAiAnswer(MAPPER, name(), sink).begin(client, options, requests.body(request));
    }

    @Override
    public Future<Void> warm() {
        long now = System.nanoTime();
        if (now - warmedAt < WARM_NANOS) {
            return Future.succeededFuture();
        }
        warmedAt = now;
        return client.request(options(HttpMethod.GET, "/models").setTimeout(5000))
                .compose(request -> {
                    var answer = request.response().compose(HttpClientResponse::body);
                    return request.end().compose(sent -> answer);
                })
                .mapEmpty();
    }

    private RequestOptions options(HttpMethod method, String path) {
        boolean tls = "https".equals(base.getScheme());
        var options = new RequestOptions()
                .setMethod(method)
                .setHost(base.getHost())
                .setPort(base.getPort() > 0 ? base.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(base.getRawPath() + path);
        if (provider.apiKey().isPresent()) {
            options.putHeader("Authorization", "Bearer " + provider.apiKey().reveal());
        }
        return options;
    }
}
