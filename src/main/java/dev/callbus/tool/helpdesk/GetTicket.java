package dev.callbus.tool.helpdesk;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.tool.AnyTool;
import dev.callbus.tool.Argument;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Standing;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import io.vertx.core.Future;
import java.util.Map;

/** {@code get-servicenow-ticket}: one of the verified caller's tickets with its history. */
@AutoService(AnyTool.class)
public final class GetTicket implements Tool<GetTicket.Arguments> {

    /** What the model gives. The aliases are names that earlier manifests used. */
    public record Arguments(
            @JsonAlias({"ticket_identifier", "number", "ticket_number"})
            @Argument("The ticket's number: INC and seven digits.")
            String ticketNumber) {}

    @Override
    public String name() {
        return "get-servicenow-ticket";
    }

    @Override
    public String description() {
        return "Reads one of the caller's own tickets: its state, who works on it, its history and how it was resolved.";
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
        var number = TicketFacts.number(arguments.ticketNumber());
        var members = Map.of("ticketNumber", number);
        return ServiceNowBus.READ_TICKET
                .send(
                        services.vertx(),
                        new ServiceNowProtocol.ReadTicket(facts.callSid(), facts.grant(), arguments.ticketNumber()))
                .map(read -> {
                    var ticket = read.ticket();
                    var summary = ticket.summary();
                    return ToolOutcome.done(
                            "Successfully retrieved ticket " + summary.number(),
                            Map.of("ticket", TicketFacts.of(ticket), "ticketNumber", summary.number()),
                            new ToolOutcome.Concerns(new Standing.Concern(summary.number(), summary.sysId())));
                })
                .otherwise(cause -> Failure.of(cause) == Failure.NOT_FOUND
                        ? ToolOutcome.refused("Ticket " + number + " not found in ServiceNow", members)
                        : Troubles.ofReading("Ticket " + number, cause, members));
    }
}
