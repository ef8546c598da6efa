package dev.callbus.llm.flowise;

import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.http.AnswerReader;
import dev.callbus.llm.http.VendorAnswer;
import dev.callbus.llm.http.VendorServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.shareddata.Lock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a flow. A call has one at a time: the server knows a stream by its call only, and would write the words of a
 * turn that was cancelled into the stream of the next one. Hence a turn waits until the former one is closed.
 *
 * <p>Source: github.com/FlowiseAI/Flowise, packages/server/src/utils/SSEStreamer.ts
 */
final class FlowiseTurn implements LanguageModel.Answer {
    /** How long the next turn may be held up by telling the server that this one isn't wanted any more. */
    private static final Duration ABORT_TIMEOUT = Duration.ofMillis(700);

    private final VendorServer server;
    private final String abortPath;
    private final LanguageModel.Sink sink;
    private @Nullable Lock lock;
    private @Nullable VendorAnswer answer;
    private boolean over;
    private boolean paused;

    FlowiseTurn(VendorServer server, String abortPath, LanguageModel.Sink sink) {
        this.server = server;
        this.abortPath = abortPath;
        this.sink = sink;
    }

    /** Asks as soon as the call's former turn, which has the lock, is closed. */
    void begin(Future<Lock> free, String path, Buffer body, AnswerReader reader) {
        free.onSuccess(locked -> {
                    lock = locked;
                    if (over) {
                        release();
                        return;
                    }
                    answer = server.post(path, body, reader, new Ending());
                    if (paused) {
                        answer.pause();
                    }
                })
                .onFailure(cause -> {
                    if (!over) {
                        over = true;
                        sink.event(new ModelEvent.Failed(ModelFailure.TIMEOUT, "the call's former turn never closed"));
                    }
                });
    }

    @Override
    public void cancel() {
        if (over) {
            return;
        }
        over = true;
        if (answer != null) {
            // A flow runs on when nobody listens to it any more.
            answer.close()
                    .eventually(() -> server.call(HttpMethod.PUT, abortPath, ABORT_TIMEOUT))
                    .onComplete(done -> release());
        }
    }

    @Override
    public void pause() {
        paused = true;
        if (answer != null) {
            answer.pause();
        }
    }

    @Override
    public void resume() {
        paused = false;
        if (answer != null) {
            answer.resume();
        }
    }

    private void release() {
        if (lock != null) {
            lock.release();
            lock = null;
        }
    }

    /** Passes everything on, and lets the next turn begin before it tells the end of this one. */
    private final class Ending implements LanguageModel.Sink {
        @Override
        public void event(ModelEvent event) {
            switch (event) {
                case ModelEvent.Delta delta -> sink.event(delta);
                case ModelEvent.ToolCalls calls -> sink.event(calls);
                case ModelEvent.Finished finished -> {
                    end();
                    sink.event(finished);
                }
                case ModelEvent.Failed failed -> {
                    end();
                    sink.event(failed);
                }
            }
        }

        @Override
        public void failedUntil(ModelEvent.Failed failed, long retryAfterMillis) {
            end();
            sink.failedUntil(failed, retryAfterMillis);
        }

        private void end() {
            over = true;
            release();
        }
    }
}
