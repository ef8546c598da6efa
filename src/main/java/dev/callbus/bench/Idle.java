package dev.callbus.bench;

import java.util.OptionalLong;

/**
 * Memory of a server with many silent calls.
 *
 * @param calls how many
 * @param heapBytesPerCall live heap of each, empty when it could not be measured
 * @param residentKib resident memory while it holds them
 */
record Idle(int calls, OptionalLong heapBytesPerCall, long residentKib) {}
