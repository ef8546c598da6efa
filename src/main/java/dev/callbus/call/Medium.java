package dev.callbus.call;

/** How a caller and a call hear each other. */
public enum Medium {
    /** By telephone: what is said takes time, can be cut short, and silence means something. */
    VOICE,
    /** In writing: an answer is there at once, and whoever doesn't write isn't missed. */
    TEXT
}
