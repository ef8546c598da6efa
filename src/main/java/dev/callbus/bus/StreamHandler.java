package dev.callbus.bus;

import org.jspecify.annotations.Nullable;

/** What the receiving end of a {@link Stream} does with what arrives. */
public interface StreamHandler<M extends Protocol> {

    void item(long id, M item);

    /** The stream is over and nothing more arrives for it; {@code cause} is null when it ended by itself. */
    void ended(long id, @Nullable BusException cause);
}
