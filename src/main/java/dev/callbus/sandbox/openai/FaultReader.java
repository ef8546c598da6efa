package dev.callbus.sandbox.openai;

import dev.callbus.sandbox.openai.Fault.AfterTokens;
import dev.callbus.sandbox.openai.Fault.BeforeHeaders;
import dev.callbus.sandbox.openai.Fault.Point;
import dev.callbus.sandbox.openai.YamlValue.Mapping;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part of a rule that goes wrong on purpose. */
final class FaultReader {
    private static final List<String> KINDS = List.of("fail", "hang", "close", "garbage");

    private FaultReader() {}

    /** Reads the only fault among the keys of a rule, if any. */
    static @Nullable Fault read(YamlValue rule, Map<String, YamlValue> keys) {
        List<String> given = KINDS.stream().filter(keys::containsKey).toList();
        if (given.size() > 1) {
            throw rule.wrong("has " + String.join(" and ", given) + "; a rule breaks in one way, so keep one");
        }
        for (Map.Entry<String, YamlValue> entry : keys.entrySet()) {
            YamlValue value = entry.getValue();
            switch (entry.getKey()) {
                case "fail" -> {
                    return fail(value);
                }
                case "hang" -> {
                    return new Fault.Hang(point(value), times(value));
                }
                case "close" -> {
                    return new Fault.Close(point(value), times(value));
                }
                case "garbage" -> {
                    return garbage(value);
                }
                default -> {}
            }
        }
        return null;
    }

    private static Fault.Fail fail(YamlValue value) {
        var keys = value.keys("status", "message", "code", "retryAfter", "times");
        YamlValue status = keys.get("status");
        if (status == null) {
            throw value.wrong("has no status; give the HTTP status, such as 500");
        }
        YamlValue message = keys.get("message");
        YamlValue code = keys.get("code");
        YamlValue retryAfter = keys.get("retryAfter");
        return new Fault.Fail(
                status.integer(400, 599),
                message == null ? "The server had an error while processing your request." : message.text(),
                code == null ? null : code.text(),
                retryAfter == null ? null : retryAfter.duration(),
                times(value));
    }

    private static Fault.Garbage garbage(YamlValue value) {
        if (value.content() instanceof Mapping) {
            value.keys("times");
            return new Fault.Garbage(times(value));
        }
        value.mustBeTrue();
        return new Fault.Garbage(Integer.MAX_VALUE);
    }

    private static Point point(YamlValue value) {
        if (!(value.content() instanceof Mapping)) {
            if (!value.text().equals("beforeHeaders")) {
                throw value.wrong("must be beforeHeaders or {afterTokens: n}");
            }
            return new BeforeHeaders();
        }
        var keys = value.keys("beforeHeaders", "afterTokens", "times");
        YamlValue before = keys.get("beforeHeaders");
        YamlValue after = keys.get("afterTokens");
        if ((before == null) == (after == null)) {
            throw value.wrong("must have either beforeHeaders: true or afterTokens: n");
        }
        if (after != null) {
            return new AfterTokens(after.integer(0, 100_000));
        }
        if (before != null) {
            before.mustBeTrue();
        }
        return new BeforeHeaders();
    }

    private static int times(YamlValue value) {
        if (!(value.content() instanceof Mapping(var entries))) {
            return Integer.MAX_VALUE;
        }
        YamlValue times = entries.get("times");
        return times == null ? Integer.MAX_VALUE : times.integer(1, 1_000_000);
    }
}
