package dev.callbus.llm.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** One HTTP attempt at an answer. Whatever happens on the wire, its sink gets exactly one end, or none after a cancel. */
public final class VendorAnswer implements LanguageModel.Answer {
    /** Bytes of the longest event and of the longest error body that are read. */
    private static final int LIMIT = 1 << 20;

    private static final String EVENT_STREAM = "text/event-stream";
    private static final String JSON = "application/json";

    private final ObjectMapper mapper;
    private final LanguageModel.Sink sink;
    private final AnswerReader reader;
    private final SseDecoder decoder;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean over;
    private boolean paused;

    VendorAnswer(ObjectMapper mapper, AnswerReader reader, LanguageModel.Sink sink) {
        this.mapper = mapper;
        this.sink = sink;
        this.reader = reader;
        this.decoder = new SseDecoder(LIMIT, reader::accept);
    }

    VendorAnswer begin(HttpClient client, RequestOptions options, Buffer body) {
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

    /** Cancels; the future succeeds when the vendor's connection is closed. */
    public Future<Void> close() {
        if (over) {
            return Future.succeededFuture();
        }
        over = true;
        return request == null ? Future.succeededFuture() : request.connection().close();
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
        if (answer.statusCode() != 200) {
            answer.body().onSuccess(body -> refused(answer, body)).onFailure(cause -> fail(ModelFailure.BROKEN, cause));
        } else if (isOf(EVENT_STREAM, answer)) {
            answer.handler(this::read);
            answer.endHandler(ended -> conclude());
            if (paused) {
                answer.pause();
            }
        } else if (reader.takesJson() && isOf(JSON, answer)) {
            answer.body().onSuccess(this::whole).onFailure(cause -> fail(ModelFailure.BROKEN, cause));
        } else {
            end(new ModelEvent.Failed(
                    ModelFailure.BROKEN, "not an event stream but " + answer.getHeader("Content-Type")));
            answer.request().reset();
        }
    }

    private static boolean isOf(String type, HttpClientResponse answer) {
        var found = answer.getHeader("Content-Type");
        return found != null && found.regionMatches(true, 0, type, 0, type.length());
    }

    private void whole(Buffer body) {
        if (!over) {
            reader.accept(body.getBytes());
            emitWords();
            reader.conclude().forEach(this::emit);
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
        if (reader.isOver()) {
            reader.conclude().forEach(this::emit);
        }
    }

    private void conclude() {
        if (!over) {
            decoder.end();
            emitWords();
            reader.conclude().forEach(this::emit);
        }
    }

    private void emitWords() {
        var words = reader.takeWords();
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
        var patience = VendorError.retryAfterMillis(answer.headers(), LoopTime.now());
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
