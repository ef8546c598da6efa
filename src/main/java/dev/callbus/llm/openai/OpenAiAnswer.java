package dev.callbus.llm.openai;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One HTTP attempt at an answer. Whatever happens on the wire, its sink gets exactly one end, or none after a cancel. */
final class OpenAiAnswer implements LanguageModel.Answer {
    /** Bytes of the longest event and of the longest error body that are read. */
    private static final int LIMIT = 1 << 20;

    private static final String EVENT_STREAM = "text/event-stream";

    private final ObjectMapper mapper;
    private final LanguageModel.Sink sink;
    private final ChatStream stream;
    private final SseDecoder decoder;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean over;
    private boolean paused;

    OpenAiAnswer(ObjectMapper mapper, String model, LanguageModel.Sink sink) {
        this.mapper = mapper;
        this.sink = sink;
        this.stream = new ChatStream(mapper, model);
        this.decoder = new SseDecoder(LIMIT, stream::accept);
    }

    OpenAiAnswer begin(HttpClient client, RequestOptions options, Buffer body) {
        client.request(options)
                .onSuccess(opened -> send(opened, body))
                .onFailure(cause -> fail(ModelFailure.UNAVAILABLE, cause));
        return this;
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            if (request != null) {
                request.reset();
            }
        }
    }

    @Override
    public void pause() {
        paused = true;
        if (response != null) {
            response.pause();
        }
    }

    @Override
    public void resume() {
        paused = false;
        if (response != null) {
            response.resume();
        }
    }

    private void send(HttpClientRequest opened, Buffer body) {
        request = opened;
        opened.exceptionHandler(cause -> fail(ModelFailure.UNAVAILABLE, cause));
        if (over) {
            opened.reset();
            return;
        }
        opened.response().onSuccess(this::receive).onFailure(cause -> fail(ModelFailure.UNAVAILABLE, cause));
        opened.end(body).onFailure(cause -> fail(ModelFailure.UNAVAILABLE, cause));
    }

    private void receive(HttpClientResponse answer) {
        response = answer;
        answer.exceptionHandler(cause -> fail(ModelFailure.BROKEN, cause));
        var type = answer.getHeader("Content-Type");
        if (answer.statusCode() != 200) {
            answer.body().onSuccess(body -> refused(answer, body)).onFailure(cause -> fail(ModelFailure.BROKEN, cause));
        } else if (type == null || !type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length())) {
            end(new ModelEvent.Failed(ModelFailure.BROKEN, "not an event stream but " + type));
            answer.request().reset();
        } else {
            answer.handler(this::read);
            answer.endHandler(ended -> conclude());
            if (paused) {
                answer.pause();
            }
        }
    }

    private void read(Buffer chunk) {
        if (over) {
            return;
        }
        try {
            decoder.decode(chunk);
        } catch (IllegalStateException e) {
            emitWords();
            fail(ModelFailure.BROKEN, e);
            return;
        }
        emitWords();
        if (stream.isOver()) {
            stream.conclude().forEach(this::emit);
        }
    }

    private void conclude() {
        if (!over) {
            decoder.end();
            emitWords();
            stream.conclude().forEach(this::emit);
        }
    }

    private void emitWords() {
        var words = stream.takeWords();
        if (!words.isEmpty()) {
            emit(new ModelEvent.Delta(words));
        }
    }

    private void refused(HttpClientResponse answer, Buffer body) {
        if (over) {
            return;
        }
        var text = body.length() > LIMIT ? "" : body.toString();
        var failed = VendorError.of(answer.statusCode(), answer.headers(), text, mapper);
        var patience = VendorError.retryAfterMillis(answer.headers(), Instant.now());
        over = true;
        if (patience == null) {
            sink.event(failed);
        } else {
            sink.failedUntil(failed, patience);
        }
    }

    private void fail(ModelFailure failure, Throwable cause) {
        end(new ModelEvent.Failed(failure, cause.getClass().getSimpleName() + ": " + cause.getMessage()));
        if (request != null) {
            request.reset();
        }
    }

    private void emit(ModelEvent event) {
        switch (event) {
            case ModelEvent.Delta words -> sink.event(words);
            case ModelEvent.ToolCalls calls -> sink.event(calls);
            case ModelEvent.Finished finished -> end(finished);
            case ModelEvent.Failed failed -> end(failed);
        }
    }

    private void end(ModelEvent event) {
        if (!over) {
            over = true;
            sink.event(event);
        }
    }
}
