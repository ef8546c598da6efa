package dev.callbus.servicenow.table;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to an instance.
 *
 * @param name what the log calls it, such as a table's name
 * @param parameters of the query, not yet percent-encoded
 */
record TableRequest(
        HttpMethod method,
        String name,
        String path,
        Map<String, String> parameters,
        @Nullable Content content) {

    /** What is sent along. */
    sealed interface Content {
        String type();
    }

    /** A body that is in memory and can be sent again. */
    record Bytes(String type, Buffer bytes) implements Content {}

    /** A body that is read while it is sent. */
    record Streamed(String type, ReadStream<Buffer> stream, long length) implements Content {}

    boolean isRead() {
        return method.equals(HttpMethod.GET);
    }

    /** Whether it can be sent a second time. */
    boolean isRepeatable() {
        return !(content instanceof Streamed);
    }
}
