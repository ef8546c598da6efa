package dev.callbus.llm.dialog.flow;

import java.util.List;
import java.util.regex.Pattern;

/** Steps that the caller can try against a problem, one after the other. */
public record Remedy(String name, List<Pattern> words, List<String> steps) {}
