package dev.callbus.call;

/**
 * A call is to end once its last words are spoken.
 *
 * @param revocable whether the caller may still change that by speaking
 */
record Ending(Handoff handoff, boolean revocable) {}
