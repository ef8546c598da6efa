package dev.callbus.tool;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code live-agent-handoff}: hands the caller to a person once the last words have been spoken. */
@AutoService(AnyTool.class)
public final class LiveAgentHandoff implements Tool<LiveAgentHandoff.Arguments> {
    private static final String NOBODY =
            "Refused: on this line nobody can take over. Tell the caller so, and go on helping,"
                    + " for example with a ticket.";

    /** What the model gives. The aliases and the snake case are names that earlier manifests used. */
    public record Arguments(
            @JsonAlias({"callSummary", "conversationSummary"})
            @Argument("What the caller wants and what was done so far, for the colleague who takes over.")
            String summary,

            @Argument(value = "The caller's mood: positive, neutral or negative.", required = false) @Nullable
            String sentiment,

            @Argument(value = "The number of the ticket that this is about, if there is one.", required = false)
            @Nullable
            String ticketNumber) {

        @Override
        public String toString() {
            return "Arguments[•]";
        }
    }

    @Override
    public String name() {
        return "live-agent-handoff";
    }

    @Override
    public String description() {
        return "Hands the caller over to a colleague, a human being. Use it when the caller asks for a person, or when you"
                + " cannot help. Afterwards tell the caller in one sentence that you are putting the call through now.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        if (!services.settings().staffed()) {
            return Future.succeededFuture(ToolOutcome.refused(NOBODY));
        }
        var details = new LinkedHashMap<String, String>();
        put(details, "callSummary", arguments.summary());
        put(details, "sentiment", arguments.sentiment());
        concern(arguments, facts).ifPresent(ticket -> {
            put(details, "ticketNumber", ticket.number());
            put(details, "incident_sys_id", ticket.sysId());
        });
        put(details, "callSid", facts.callSid());
        return Future.succeededFuture(ToolOutcome.done(
                "Live agent handoff initiated",
                Map.of("summary", arguments.summary()),
                new ToolOutcome.EndCall(name(), arguments.summary(), details)));
    }

    /** The ticket of the call that the model names, else the one that was last spoken of; never one that it made up. */
    private static Optional<Standing.Concern> concern(Arguments arguments, CallFacts facts) {
        var tickets = facts.standing().tickets();
        var named = arguments.ticketNumber() == null
                ? ""
                : arguments.ticketNumber().replaceAll("[\\s.,-]", "").toUpperCase(Locale.ROOT);
        return tickets.stream()
                .filter(ticket -> ticket.number().equals(named))
                .findFirst()
                .or(() -> tickets.isEmpty() ? Optional.empty() : Optional.of(tickets.getLast()));
    }

    private static void put(Map<String, String> details, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            details.put(name, value);
        }
    }
}
