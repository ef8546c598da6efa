package dev.callbus.tool;

/** A tool, whatever its arguments are: what the server finds its tools by, with {@code @AutoService(AnyTool.class)}. */
public sealed interface AnyTool permits Tool {

    /** The name by which models and manifests know it, {@code [A-Za-z0-9_-]{1,64}}. */
    String name();

    /** What it does and when to use it, for the model. */
    String description();
}
