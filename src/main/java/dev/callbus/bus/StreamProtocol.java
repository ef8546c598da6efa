package dev.callbus.bus;

import org.jspecify.annotations.Nullable;

/** What the two ends of a {@link Stream} say to each other. */
public sealed interface StreamProtocol extends Protocol {

    /**
     * Opens a stream.
     *
     * @param sink the address to which items go
     * @param id distinguishes the streams of one sink
     * @param credit how many items may be sent before more credit arrives
     */
    record Open(String sink, long id, int credit, Protocol question) implements StreamProtocol {}

    /** The stream is open; credit and cancellation go to this address. */
    record Opened(String control) implements StreamProtocol {}

    /** One element of the stream. */
    record Item(long id, Protocol payload) implements StreamProtocol {}

    /** The stream is over; {@code failure} and {@code message} tell why if it didn't end by itself. */
    record Ended(long id, @Nullable Failure failure, String message) implements StreamProtocol {}

    /** Allows so many more items. */
    record Credit(String sink, long id, int items) implements StreamProtocol {}

    /** Nobody wants the rest. */
    record Cancel(String sink, long id) implements StreamProtocol {}
}
