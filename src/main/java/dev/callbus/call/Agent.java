package dev.callbus.call;

import dev.callbus.asset.AgentContext;
import dev.callbus.asset.AgentProfile;
import dev.callbus.asset.AssetProtocol;
import dev.callbus.asset.ToolManifest;
import dev.callbus.llm.ModelChoice;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who answers at this moment: a context and the tools, both of which may change during a call. What is known of the call
 * stays with it whatever changes.
 */
final class Agent {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm zzz", Locale.ENGLISH);

    private final CallProtocol.Setup setup;
    private final Medium medium;
    private final String began;
    private AgentContext context;
    private ToolManifest manifest;
    private @Nullable String language;

    /** The agent of this profile at a call that begins now. */
    Agent(CallProtocol.Setup setup, AgentProfile profile, Medium medium, Instant now, ZoneId zone) {
        this.setup = setup;
        this.medium = medium;
        this.began = DATE.format(now.atZone(zone));
        this.context = profile.context();
        this.manifest = profile.manifest();
    }

    ToolManifest manifest() {
        return manifest;
    }

    ModelChoice model() {
        return context.model();
    }

    /** Becomes another: what is null stays. */
    void become(@Nullable AgentContext newContext, @Nullable ToolManifest newManifest) {
        context = newContext == null ? context : newContext;
        manifest = newManifest == null ? manifest : newManifest;
    }

    /** From now on this language is spoken. */
    void speaks(String tag) {
        language = tag;
    }

    /**
     * What the model is told: the context first, the same for every call so that vendors can cache it, then the facts of
     * this call. Phone numbers and ids are not among them: no tool takes them from the model.
     */
    String instructions() {
        var text = new StringBuilder(context.text().strip()).append("\n\n# This call\n");
        text.append("- It began on ").append(began).append(".\n");
        text.append(
                switch (medium) {
                    case TEXT -> "- It is a conversation in writing.\n";
                    case VOICE ->
                        setup.direction().startsWith("outbound")
                                ? "- We called the person.\n"
                                : "- The person called us.\n";
                });
        if (language != null) {
            text.append("- It is now held in the language ").append(language).append(": answer in it.\n");
        }
        new TreeMap<>(setup.parameters()).forEach((name, value) -> {
            if (!AssetProtocol.Choose.SELECTING.contains(name)) {
                text.append("- ").append(name).append(": ").append(value).append('\n');
            }
        });
        return text.toString();
    }
}
