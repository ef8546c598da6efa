package dev.callbus.servicenow.table;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/** Collects the body of an answer up to so many bytes; a longer one fails. */
record LimitedBody(int limit) implements BodyCodec<Buffer> {

    @Override
    public BodyStream<Buffer> stream() {
        return new Collector(limit);
    }

    private static final class Collector implements BodyStream<Buffer> {
        private final int limit;
        private final Buffer bytes = Buffer.buffer();
        private final Promise<Buffer> result = Promise.promise();

        Collector(int limit) {
            this.limit = limit;
        }

        @Override
        public Future<Buffer> result() {
            return result.future();
        }

        @Override
        public void handle(Throwable cause) {
            result.tryFail(cause);
        }

        @Override
        public Future<Void> write(Buffer data) {
            if (bytes.length() + data.length() > limit) {
                var failure =
                        new TableFailure(TableFailure.Kind.NONSENSE, "ServiceNow's answer is too long to be read.");
                result.tryFail(failure);
                return Future.failedFuture(failure);
            }
            bytes.appendBuffer(data);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            result.tryComplete(bytes);
            return Future.succeededFuture();
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
            return this;
        }
    }
}
