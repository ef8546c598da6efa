package dev.callbus.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callbus.asset.ToolManifest;
import dev.callbus.config.ToolSettings;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tools of this server. Which of them a call has is for its manifest to say. */
public final class ToolRegistry {
    private static final Logger log = LoggerFactory.getLogger(ToolRegistry.class);

    /** What the model reads of a protected tool before the caller is verified. */
    private static final String NOT_VERIFIED =
            "Refused: nobody has proved yet who is on the line. Have a code sent with send-verification first.";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<String, Tool<?>> tools = new LinkedHashMap<>();
    private final ToolServices services;

    public ToolRegistry(List<Tool<?>> tools, ToolServices services) {
        this.services = services;
        for (var tool : tools) {
            if (this.tools.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("two tools are called " + tool.name());
            }
        }
    }

    /** The tools of this server: all classes with {@code @AutoService(AnyTool.class)}. */
    public static ToolRegistry standard(Vertx vertx, ToolSettings settings) {
        return standard(vertx, settings, UnaryOperator.identity());
    }

    /** The same, each tool as this makes it. */
    public static ToolRegistry standard(Vertx vertx, ToolSettings settings, UnaryOperator<Tool<?>> each) {
        var found = new ArrayList<Tool<?>>();
        Installed.TOOLS.forEach(tool -> found.add(each.apply((Tool<?>) tool.get())));
        found.sort(Comparator.comparing(Tool::name));
        return new ToolRegistry(found, new ToolServices(vertx, settings));
    }

    /** The tools of this server as a model sees them, by name; this needs no server. */
    public static List<ToolSpec> known() {
        return Installed.TOOLS.stream()
                .map(provider -> (Tool<?>) provider.get())
                .sorted(Comparator.comparing(Tool::name))
                .map(tool -> spec(tool, tool.description()))
                .toList();
    }

    /** Which there are stays the same while the server runs, and looking for them takes a millisecond. */
    private static final class Installed {
        static final List<ServiceLoader.Provider<AnyTool>> TOOLS =
                ServiceLoader.load(AnyTool.class).stream().toList();
    }

    /** The names of all tools. */
    public Collection<String> names() {
        return tools.keySet();
    }

    /**
     * The tools of this manifest as a model sees them, without protected ones for a caller who isn't verified; unknown names
     * are an {@link IllegalArgumentException} that lists the known ones.
     */
    public List<ToolSpec> specs(ToolManifest manifest, boolean verified) {
        return manifest.tools().stream()
                .filter(entry -> verified || !tool(entry).isProtected())
                .map(this::spec)
                .toList();
    }

    /**
     * Runs what the model asked for, if the call has that tool. It never fails: a refusal, bad arguments, an exception and
     * a failed future are all results that the model can read and correct or speak about.
     */
    public Future<ToolOutcome> run(ToolCall call, Collection<String> allowed, CallFacts facts) {
        var tool = tools.get(call.name());
        if (tool == null || !allowed.contains(call.name())) {
            return Future.succeededFuture(ToolOutcome.refused(
                    "There is no tool " + call.name() + ". The tools are: " + String.join(", ", allowed)));
        }
        if (tool.isProtected() && !isAdmitted(facts)) {
            return Future.succeededFuture(ToolOutcome.refused(NOT_VERIFIED));
        }
        try {
            return runBound(tool, call, facts).otherwise(cause -> failed(call, facts, cause));
        } catch (JsonProcessingException e) {
            return Future.succeededFuture(
                    ToolOutcome.refused("The arguments are not valid: " + e.getOriginalMessage()));
        } catch (RuntimeException e) {
            return Future.succeededFuture(failed(call, facts, e));
        }
    }

    private static boolean isAdmitted(CallFacts facts) {
        return facts.standing()
                .grant(LoopTime.now())
                .filter(grant -> grant.callSid().equals(facts.callSid()))
                .isPresent();
    }

    private <A extends Record> Future<ToolOutcome> runBound(Tool<A> tool, ToolCall call, CallFacts facts)
            throws JsonProcessingException {
        var json = MAPPER.readTree(call.arguments().isBlank() ? "{}" : call.arguments());
        if (json == null || !json.isObject()) {
            return Future.succeededFuture(ToolOutcome.refused("The arguments must be a JSON object."));
        }
        var arguments = MAPPER.treeToValue(json, tool.arguments());
        var missing = ToolSchema.missing(tool.arguments(), MAPPER.valueToTree(arguments));
        if (!missing.isEmpty()) {
            return Future.succeededFuture(ToolOutcome.refused("Missing arguments: " + String.join(", ", missing)));
        }
        return tool.run(arguments, facts, services);
    }

    private static ToolOutcome failed(ToolCall call, CallFacts facts, Throwable cause) {
        log.warn("tool failed [call: {}, tool: {}]", facts.callSid(), call.name(), cause);
        return ToolOutcome.refused("The tool failed. Tell the caller that it did not work.");
    }

    private Tool<?> tool(ToolManifest.Entry entry) {
        var tool = tools.get(entry.name());
        if (tool == null) {
            throw new IllegalArgumentException("unknown tool " + entry.name() + "; known are " + names());
        }
        return tool;
    }

    private ToolSpec spec(ToolManifest.Entry entry) {
        var tool = tool(entry);
        return spec(tool, entry.description() == null ? tool.description() : entry.description());
    }

    private static ToolSpec spec(Tool<?> tool, String description) {
        return new ToolSpec(
                tool.name(), description, ToolSchema.of(tool.arguments()).toString());
    }
}
