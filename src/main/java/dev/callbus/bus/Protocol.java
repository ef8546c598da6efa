package dev.callbus.bus;

/**
 * The root of everything that crosses the event bus. A protocol is a sealed interface that extends this one and whose
 * leaves are records of immutable values; {@link ProtocolCodec} carries them.
 */
public interface Protocol {}
