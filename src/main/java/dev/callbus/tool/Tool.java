package dev.callbus.tool;

import io.vertx.core.Future;

/**
 * Something that the model may ask for: a record of arguments, from which its schema is generated, and what is done with
 * them. What identifies the caller, a ticket or an amount comes from the call's facts, never from the arguments.
 *
 * @param <A> a record of strings, numbers, booleans, enums and lists of them, see {@link ToolSchema}
 */
public interface Tool<A extends Record> {

    /** The name by which models and manifests know it, {@code [A-Za-z0-9_-]{1,64}}. */
    String name();

    /** What it does and when to use it, for the model. */
    String description();

    Class<A> arguments();

    /** Runs on the call's context and must not block. A failed future becomes a result that the model can speak about. */
    Future<ToolOutcome> run(A arguments, CallFacts facts);
}
