package dev.callbus.scenario.file;

import dev.callbus.scenario.Given;
import dev.callbus.scenario.Step;
import dev.callbus.scenario.ToolStub;
import io.vertx.core.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is expected of tools, and what they do in place of their work. */
final class ToolStepReader {
    private static final List<String> STUB = List.of("name", "returns", "fails", "delays");
    private static final List<String> KEYS = List.of("name", "arguments", "times", "returns", "fails", "delays");

    private final Remembering remembering;

    ToolStepReader(Remembering remembering) {
        this.remembering = remembering;
    }

    Step read(Written value, @Nullable Duration within) {
        if (value.isText()) {
            return new Step.CallsTool(value.line(), name(value), "{}", null, stub(Map.of()), within);
        }
        var keys = value.keys(KEYS);
        var name = StepReader.required(value, keys, "name");
        var times = keys.get("times");
        var stub = stub(keys);
        if (times != null && within != null) {
            throw times.wrong("a number of times is counted at once", "Leave \"within\" out");
        }
        if (times != null && times.whole(0, 100) == 0 && !stub.isNothing()) {
            throw times.wrong("a tool that is never called does nothing", "Leave returns, fails and delays out");
        }
        var arguments = keys.get("arguments");
        if (arguments != null) {
            arguments.entries();
        }
        return new Step.CallsTool(
                value.line(),
                name(name),
                arguments == null ? "{}" : json(arguments),
                times == null ? null : times.whole(0, 100),
                stub,
                within);
    }

    /** What a tool does for the whole call. */
    static Given.Stubbed stubbed(Written value) {
        var keys = value.keys(STUB);
        var stub = stub(keys);
        if (stub.isNothing()) {
            throw value.wrong("the tool does what it always does", "Add returns, fails or delays");
        }
        return new Given.Stubbed(name(StepReader.required(value, keys, "name")), stub);
    }

    private static String name(Written value) {
        var name = value.text();
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw value.wrong("\"" + name + "\" is no tool's name", "Write letters, digits, - and _");
        }
        return name;
    }

    private static ToolStub stub(Map<String, Written> keys) {
        var returns = keys.get("returns");
        var fails = keys.get("fails");
        var delays = keys.get("delays");
        if (returns != null && fails != null) {
            throw fails.wrong("a tool can't both return something and fail", "Keep one of the two");
        }
        return new ToolStub(
                returns == null ? null : returns.isText() ? returns.text() : Json.encode(returns.plain()),
                fails == null ? null : fails.text(),
                delays == null ? Duration.ZERO : delays.duration());
    }

    /** Arguments with the placeholders that are in them. */
    private String json(Written arguments) {
        checkPlaceholders(arguments);
        return Json.encode(arguments.plain());
    }

    private void checkPlaceholders(Written value) {
        if (value.isMapping()) {
            value.entries().values().forEach(this::checkPlaceholders);
        } else if (value.isList()) {
            value.items().forEach(this::checkPlaceholders);
        } else if (value.isText() && !value.text().isBlank()) {
            remembering.known(value);
        }
    }
}
