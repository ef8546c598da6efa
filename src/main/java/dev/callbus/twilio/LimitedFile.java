package dev.callbus.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that an answer's body is written to; fails with {@link TooLarge} as soon as it is longer than allowed. */
final class LimitedFile implements AutoCloseable {
    private final FileChannel channel;
    private final long limit;
    private volatile long bytes;
    private Future<Long> written = Future.succeededFuture(0L);

    /** Writes to this file, over what may be in it. */
    LimitedFile(Path file, long limit) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.limit = limit;
    }

    /** How many bytes were written. */
    long bytes() {
        return bytes;
    }

    /** Takes a whole body, piece by piece; complete once it is all written. */
    Future<Void> take(Vertx vertx, HttpClientResponse response) {
        var taken = Promise.<Void>promise();
        response.pause();
        response.exceptionHandler(taken::tryFail);
        response.endHandler(end -> written.onSuccess(last -> taken.tryComplete()));
        response.handler(chunk -> written = vertx.executeBlocking(() -> write(chunk))
                .onSuccess(length -> response.fetch(1))
                .onFailure(cause -> {
                    taken.tryFail(cause);
                    response.request().reset();
                }));
        response.fetch(1);
        return taken.future();
    }

    private long write(Buffer chunk) throws IOException {
        long length = bytes + chunk.length();
        if (length > limit) {
            throw new TooLarge();
        }
        bytes = length;
        for (var rest = ByteBuffer.wrap(chunk.getBytes()); rest.hasRemaining(); ) {
            channel.write(rest);
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The body is longer than allowed. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("the file is too large");
        }
    }
}
