package dev.callbus.llm.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Decodes server-sent events from bytes in any chunking: line ends LF, CRLF and CR, each possibly split; comments; several
 * data lines; a last event without its blank line. Only the data is passed on.
 *
 * <p>Source: html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
public final class SseDecoder {
    private static final byte[] DATA = {'d', 'a', 't', 'a'};

    private final int limit;
    private final Consumer<byte[]> events;
    private byte[] line = new byte[512];
    private int lineLength;
    private byte[] data = new byte[512];
    private int dataLength;
    private boolean hasData;
    private boolean afterCarriageReturn;
    private boolean first = true;

    /**
     * A decoder at the beginning of a stream.
     *
     * @param limit bytes of the longest event, against endless ones
     * @param events gets the data of each event, UTF-8
     */
    public SseDecoder(int limit, Consumer<byte[]> events) {
        this.limit = limit;
        this.events = events;
    }

    /** Takes the next bytes; an event over the limit is an {@link IllegalStateException}. */
    public void decode(Buffer chunk) {
        var bytes = chunk.getBytes();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                start = i + 1;
            } else if (b == '\n' || b == '\r') {
                append(bytes, start, i);
                endLine();
                afterCarriageReturn = b == '\r';
                start = i + 1;
            } else {
                afterCarriageReturn = false;
            }
        }
        append(bytes, start, bytes.length);
    }

    /** No more bytes come: what is pending is an event all the same. */
    public void end() {
        if (lineLength > 0) {
            endLine();
        }
        dispatch();
    }

    private void append(byte[] bytes, int from, int to) {
        int length = to - from;
        if (lineLength + dataLength + length > limit) {
            throw new IllegalStateException("an event of more than " + limit + " bytes");
        }
        line = ensure(line, lineLength + length);
        System.arraycopy(bytes, from, line, lineLength, length);
        lineLength += length;
    }

    private void endLine() {
        int from = first && startsWithByteOrderMark() ? 3 : 0;
        first = false;
        int length = lineLength;
        lineLength = 0;
        if (length == from) {
            dispatch();
        } else if (isData(from, length)) {
            int value = from + DATA.length;
            if (value < length && line[value] == ':') {
                value++;
            }
            if (value < length && line[value] == ' ') {
                value++;
            }
            addData(value, length);
        }
    }

    private boolean startsWithByteOrderMark() {
        return lineLength >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
    }

    private boolean isData(int from, int length) {
        int end = from + DATA.length;
        return length >= end
                && Arrays.equals(line, from, end, DATA, 0, DATA.length)
                && (length == end || line[end] == ':');
    }

    private void addData(int from, int to) {
        int separator = hasData ? 1 : 0;
        data = ensure(data, dataLength + separator + to - from);
        if (hasData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(line, from, data, dataLength, to - from);
        dataLength += to - from;
        hasData = true;
    }

    private void dispatch() {
        if (hasData) {
            var event = Arrays.copyOf(data, dataLength);
            dataLength = 0;
            hasData = false;
            events.accept(event);
        }
    }

    private static byte[] ensure(byte[] array, int length) {
        return array.length >= length ? array : Arrays.copyOf(array, Math.max(length, array.length * 2));
    }
}
