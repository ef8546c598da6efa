package dev.callbus.scenario;

import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** What a server's tools do in place of their work, as the scenario that plays wants it. */
public final class ToolStubs implements UnaryOperator<Tool<?>> {
    private final Map<String, ToolStub> always = new ConcurrentHashMap<>();
    private final Map<String, Queue<ToolStub>> once = new ConcurrentHashMap<>();

    /** A tool that asks here first. */
    @Override
    public Tool<?> apply(Tool<?> tool) {
        return new Stubbed<>(tool, this);
    }

    /** Has every call of a tool replaced. */
    void always(String tool, ToolStub stub) {
        always.put(tool, stub);
    }

    /** Has the next call of a tool replaced that none was ordered for yet. */
    void next(String tool, ToolStub stub) {
        once.computeIfAbsent(tool, name -> new ConcurrentLinkedQueue<>()).add(stub);
    }

    /** Has all tools work again. */
    public void clear() {
        always.clear();
        once.clear();
    }

    private ToolStub take(String tool) {
        var waiting = once.get(tool);
        var next = waiting == null ? null : waiting.poll();
        return next == null ? always.getOrDefault(tool, ToolStub.NONE) : next;
    }

    /** A tool of the server with a stub before it. */
    private record Stubbed<A extends Record>(Tool<A> tool, ToolStubs stubs) implements Tool<A> {

        @Override
        public String name() {
            return tool.name();
        }

        @Override
        public String description() {
            return tool.description();
        }

        @Override
        public Class<A> arguments() {
            return tool.arguments();
        }

        @Override
        public boolean isProtected() {
            return tool.isProtected();
        }

        @Override
        public Future<ToolOutcome> run(A arguments, CallFacts facts, ToolServices services) {
            var stub = stubs.take(name());
            if (stub.delay().isZero()) {
                return run(stub, arguments, facts, services);
            }
            return services.vertx()
                    .timer(stub.delay().toMillis())
                    .compose(due -> run(stub, arguments, facts, services));
        }

        private Future<ToolOutcome> run(ToolStub stub, A arguments, CallFacts facts, ToolServices services) {
            if (stub.fails() != null) {
                return Future.succeededFuture(ToolOutcome.refused(stub.fails()));
            }
            return stub.returns() == null
                    ? tool.run(arguments, facts, services)
                    : Future.succeededFuture(new ToolOutcome(true, stub.returns(), List.of()));
        }
    }
}
