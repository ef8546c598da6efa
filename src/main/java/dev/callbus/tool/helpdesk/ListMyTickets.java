package dev.callbus.tool.helpdesk;

import com.google.auto.service.AutoService;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.tool.AnyTool;
import dev.callbus.tool.Argument;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code list-my-tickets}: the verified caller's tickets, the latest first. */
@AutoService(AnyTool.class)
public final class ListMyTickets implements Tool<ListMyTickets.Arguments> {

    /** What the model gives. */
    public record Arguments(
            @Argument(value = "true to have resolved and closed ones too.", required = false) @Nullable
            Boolean includeClosed) {}

    @Override
    public String name() {
        return "list-my-tickets";
    }

    @Override
    public String description() {
        return "Lists the caller's own tickets, the latest first. Open ones only, unless asked otherwise.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean isProtected() {
        return true;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        boolean closedToo = Boolean.TRUE.equals(arguments.includeClosed());
        return ServiceNowBus.LIST_TICKETS
                .send(services.vertx(), new ServiceNowProtocol.ListTickets(facts.callSid(), facts.grant(), closedToo))
                .map(found -> ToolOutcome.done(
                        found.tickets().isEmpty()
                                ? closedToo ? "The caller has no tickets" : "The caller has no open tickets"
                                : "Successfully listed the tickets",
                        Map.of(
                                "tickets",
                                TicketFacts.all(found.tickets()),
                                "ticketCount",
                                found.tickets().size())))
                .otherwise(cause -> Troubles.ofReading("The tickets", cause, Map.of()));
    }
}
