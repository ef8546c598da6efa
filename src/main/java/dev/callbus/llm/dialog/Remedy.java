package dev.callbus.llm.dialog;

import java.util.List;
import java.util.regex.Pattern;

/** Steps that the caller can try against a problem, one after the other. */
record Remedy(String name, List<Pattern> words, List<String> steps) {}
