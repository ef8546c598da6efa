package dev.callbus.twilio;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An answer's body on its way to a file; fails with {@link TooLarge} as soon as it is longer than allowed. */
final class LimitedFile implements BodySubscriber<Long>, AutoCloseable {
    private final FileChannel channel;
    private final long limit;
    private final CompletableFuture<Long> written = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long bytes;

    /** Writes to this file, over what may be in it. */
    LimitedFile(Path file, long limit) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.limit = limit;
    }

    /** The number of bytes, once they are all written. */
    @Override
    public CompletionStage<Long> getBody() {
        return written;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        try {
            for (var chunk : chunks) {
                bytes += chunk.remaining();
                if (bytes > limit) {
                    throw new TooLarge();
                }
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            if (subscription != null) {
                subscription.request(1);
            }
        } catch (IOException e) {
            if (subscription != null) {
                subscription.cancel();
            }
            written.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable cause) {
        written.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        written.complete(bytes);
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
