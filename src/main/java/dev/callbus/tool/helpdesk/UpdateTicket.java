package dev.callbus.tool.helpdesk;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.servicenow.TicketChange;
import dev.callbus.tool.AnyTool;
import dev.callbus.tool.Argument;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Standing;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code update-servicenow-ticket}: changes one of the verified caller's tickets. */
@AutoService(AnyTool.class)
public final class UpdateTicket implements Tool<UpdateTicket.Arguments> {

    /** What the model gives. The aliases are names that earlier manifests used. */
    public record Arguments(
            @JsonAlias({"ticket_identifier", "number", "ticket_number"})
            @Argument("The ticket's number: INC and seven digits.")
            String ticketNumber,

            @Argument(
                    value = "1 new, 2 in progress (also reopens), 3 on hold, 6 resolved, 7 closed, 8 canceled.",
                    required = false)
            @Nullable
            Integer state,

            @Argument(value = "1 critical, 2 high, 3 moderate, 4 low, 5 planning.", required = false) @Nullable
            Integer priority,

            @Argument(value = "1 high, 2 medium, 3 low.", required = false) @Nullable
            Integer urgency,

            @JsonAlias("work_notes")
            @Argument(
                    value = "A note for those who work on it: what was tried, what the caller said.",
                    required = false)
            @Nullable
            String workNotes,

            @JsonAlias({"comments", "additionalComments"})
            @Argument(value = "A comment that the caller can read.", required = false)
            @Nullable
            String comment,

            @JsonAlias("close_code")
            @Argument(
                    value =
                            "Needed to resolve or close: Duplicate, Known error, No resolution provided, Resolved by caller,"
                                    + " Resolved by change, Resolved by problem, Resolved by request, Solution provided, Workaround"
                                    + " provided or User error.",
                    required = false)
            @Nullable
            String closeCode,

            @JsonAlias({"resolution_notes", "close_notes", "closeNotes"})
            @Argument(value = "Needed to resolve or close: how it was solved.", required = false)
            @Nullable
            String resolutionNotes,

            @JsonAlias({"hold_reason", "onHoldReason"})
            @Argument(
                    value =
                            "Needed to put it on hold: Awaiting Caller, Awaiting Problem, Awaiting Vendor or Awaiting Change.",
                    required = false)
            @Nullable
            String holdReason,

            @JsonAlias("assigned_to") @Argument(value = "The name of who is to work on it.", required = false) @Nullable
            String assignedTo,

            @JsonAlias("assignment_group")
            @Argument(value = "The name of the group that is to work on it.", required = false)
            @Nullable
            String assignmentGroup,

            @Argument(value = "Such as hardware, software, network, inquiry.", required = false) @Nullable
            String category,

            @Argument(value = "A part of the category, such as email.", required = false) @Nullable
            String subcategory) {

        @Override
        public String toString() {
            return "Arguments[•]";
        }
    }

    @Override
    public String name() {
        return "update-servicenow-ticket";
    }

    @Override
    public String description() {
        return "Changes one of the caller's own tickets: notes, state, urgency, who works on it. Say that it is changed only"
                + " after the result says so.";
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
    public Future<ToolOutcome> run(Arguments given, CallFacts facts, ToolServices services) {
        var number = TicketFacts.number(given.ticketNumber());
        var members = Map.of("ticketNumber", number);
        var change = new TicketChange(
                given.state(),
                given.priority(),
                given.urgency(),
                given.workNotes(),
                given.comment(),
                given.closeCode(),
                given.resolutionNotes(),
                given.holdReason(),
                given.assignedTo(),
                given.assignmentGroup(),
                given.category(),
                given.subcategory());
        return ServiceNowBus.UPDATE_TICKET
                .send(
                        services.vertx(),
                        new ServiceNowProtocol.UpdateTicket(
                                facts.callSid(), facts.grant(), facts.effect(), given.ticketNumber(), change))
                .map(UpdateTicket::updated)
                .otherwise(cause -> Failure.of(cause) == Failure.NOT_FOUND
                        ? ToolOutcome.refused("Ticket " + number + " not found in ServiceNow", members)
                        : Troubles.ofWriting("ticket " + number + " was changed", cause, members));
    }

    private static ToolOutcome updated(ServiceNowProtocol.Updated updated) {
        var ticket = updated.ticket();
        var facts = TicketFacts.of(ticket);
        facts.put("updated_at", updated.updatedAt());
        var members = new LinkedHashMap<String, Object>();
        members.put("ticket", facts);
        members.put("ticketNumber", ticket.number());
        members.put("updatedFields", updated.updated());
        if (!updated.leftOut().isEmpty()) {
            members.put("notTaken", updated.leftOut());
        }
        var concern = new ToolOutcome.Concerns(new Standing.Concern(ticket.number(), ticket.sysId()));
        return updated.updated().isEmpty()
                ? ToolOutcome.refused("Nothing of ticket " + ticket.number() + " was changed", members, concern)
                : ToolOutcome.done("Successfully updated ticket " + ticket.number(), members, concern);
    }
}
