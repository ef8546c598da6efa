package dev.callbus.llm.dialog.flow;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is done when the caller means or says something.
 *
 * @param intents any of these is meant, or
 * @param words any of these is found in what was said
 * @param in only in one of these forms; empty for anywhere
 * @param always whether it also holds as an answer to a question for free text, if the words are few
 */
public record Rule(List<String> intents, List<Pattern> words, List<String> in, boolean always, Action action) {}
