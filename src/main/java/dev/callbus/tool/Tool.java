package dev.callbus.tool;

import io.vertx.core.Future;

/**
 * Something that the model may ask for: a record of arguments, from which its schema is generated, and what is done with
 * them. A class with {@code @AutoService(AnyTool.class)} and no state of its own is a tool of this server. What identifies the caller, a ticket or an amount comes from the call's facts, never from the arguments.
 *
 * @param <A> a record of strings, numbers, booleans, enums and lists of them, see {@link ToolSchema}
 */
public non-sealed interface Tool<A extends Record> extends AnyTool {

    Class<A> arguments();

    /**
     * Whether it reads or changes what belongs to a customer. Such a tool is neither offered nor run unless a right code has
     * proved who is on the line; {@link CallFacts#grant} is the proof.
     */
    default boolean isProtected() {
        return false;
    }

    /** Runs on the call's context and must not block. A failed future becomes a result that the model can speak about. */
    Future<ToolOutcome> run(A arguments, CallFacts facts, ToolServices services);
}
