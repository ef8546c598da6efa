package dev.callbus.llm.dialog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.callbus.llm.dialog.flow.Flow;
import dev.callbus.llm.dialog.flow.OtherBot;
import java.util.List;
import java.util.Optional;

/** Knows the other bots that a caller can be handed to. */
final class Bots {
    private static final String TARGET = "handoff_to";

    private Bots() {}

    private static List<OtherBot> reachable(Flow flow) {
        return flow.handoffs().stream().filter(bot -> !bot.url().isBlank()).toList();
    }

    /** All of them as a list that a menu can be made from; empty if there is none. */
    static String listed(Flow flow) {
        var list = JsonNodeFactory.instance.arrayNode();
        reachable(flow).forEach(bot -> list.addObject().put("key", bot.key()).put("title", bot.title()));
        return list.isEmpty() ? "" : list.toString();
    }

    /** The one that the caller has just chosen. */
    static Optional<OtherBot> chosen(DialogState state) {
        var wanted = state.heard.entities().getOrDefault(TARGET, "");
        return reachable(state.flow).stream()
                .filter(bot -> bot.key().equalsIgnoreCase(wanted))
                .findFirst();
    }
}
