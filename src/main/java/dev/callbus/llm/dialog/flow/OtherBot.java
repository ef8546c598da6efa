package dev.callbus.llm.dialog.flow;

/**
 * Another bot that callers can be handed to.
 *
 * @param url where it listens; empty if it isn't reachable
 */
public record OtherBot(String key, String title, String url) {}
