package dev.callbus.tool.helpdesk;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import dev.callbus.servicenow.NewTicket;
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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code create-servicenow-ticket}: makes a ticket for the verified caller, once however often it is asked for. */
@AutoService(AnyTool.class)
public final class CreateTicket implements Tool<CreateTicket.Arguments> {

    /** What the model gives; whom the ticket is for is not its choice. The aliases are names that earlier manifests used. */
    public record Arguments(
            @JsonAlias({"short_description", "title"})
            @Argument("What it is about, in one line of at most 160 characters.")
            String shortDescription,

            @JsonAlias("details")
            @Argument(value = "All that the caller told: symptoms, since when, what was tried.", required = false)
            @Nullable
            String description,

            @Argument(value = "1 critical, 2 high, 3 moderate, 4 low, 5 planning.", required = false) @Nullable
            Integer priority,

            @Argument(value = "1 high, 2 medium, 3 low.", required = false) @Nullable
            Integer urgency,

            @Argument(value = "Such as hardware, software, network, inquiry.", required = false) @Nullable
            String category,

            @Argument(value = "A part of the category, such as email.", required = false) @Nullable
            String subcategory,

            @JsonAlias("contact_type")
            @Argument(value = "phone (usual), email, walk-in or self-service.", required = false)
            @Nullable
            String contactType,

            @JsonAlias("work_notes")
            @Argument(value = "A first note for those who work on it.", required = false)
            @Nullable
            String workNotes,

            @JsonAlias({"parent_case", "parent_incident", "parent"})
            @Argument(value = "The number of a ticket of the caller that this one belongs to.", required = false)
            @Nullable
            String parentCase) {

        @Override
        public String toString() {
            return "Arguments[•]";
        }
    }

    @Override
    public String name() {
        return "create-servicenow-ticket";
    }

    @Override
    public String description() {
        return "Makes a new ticket for the caller. Say that it is made only after the result says so, and read its number out.";
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
        if (given.shortDescription().isBlank()) {
            return Future.succeededFuture(ToolOutcome.refused("shortDescription is empty: say what it is about."));
        }
        var ticket = new NewTicket(
                given.shortDescription().strip(),
                given.description() == null ? given.shortDescription().strip() : given.description(),
                given.priority(),
                given.urgency(),
                given.category(),
                given.subcategory(),
                given.contactType(),
                given.workNotes(),
                given.parentCase() == null || given.parentCase().isBlank() ? null : given.parentCase());
        return ServiceNowBus.CREATE_TICKET
                .send(services.vertx(), new ServiceNowProtocol.CreateTicket(facts.callSid(), facts.grant(), ticket))
                .map(creation -> switch (creation) {
                    case ServiceNowProtocol.Created created -> created(created);
                    case ServiceNowProtocol.Queued queued -> queued(queued);
                })
                .otherwise(cause -> Troubles.ofWriting("the ticket was made", cause, Map.of()));
    }

    private static ToolOutcome created(ServiceNowProtocol.Created created) {
        var ticket = created.ticket();
        var members = new LinkedHashMap<String, Object>();
        members.put("ticket", TicketFacts.of(ticket));
        members.put("ticketNumber", ticket.number());
        if (!created.leftOut().isEmpty()) {
            members.put("notTaken", created.leftOut());
        }
        return ToolOutcome.done(
                created.already()
                        ? "This call made ticket " + ticket.number() + " before; there is no second one"
                        : "Successfully created ticket " + ticket.number(),
                members,
                new ToolOutcome.Concerns(new Standing.Concern(ticket.number(), ticket.sysId())));
    }

    private static ToolOutcome queued(ServiceNowProtocol.Queued queued) {
        return ToolOutcome.refused(
                "The ticket is not in the ticket system yet: " + queued.reason()
                        + ". It is kept and will be filed by itself. It has no number yet. Tell the caller exactly that, and do"
                        + " not create it again.",
                Map.of("queued", true));
    }
}
