package dev.callbus.tool.helpdesk;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.auto.service.AutoService;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Sensitive;
import dev.callbus.servicenow.Customer;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.time.LoopTime;
import dev.callbus.tool.AnyTool;
import dev.callbus.tool.Argument;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Standing;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code lookup-customer}: finds who calls, by the number of the line or by what the caller says of himself. Before a code has
 * proved it, the number of the line yields a first name and whether tickets are open; what a caller only claims yields nothing
 * at all, not even whether there is such a user.
 */
@AutoService(AnyTool.class)
public final class LookupCustomer implements Tool<LookupCustomer.Arguments> {
    private static final int CLAIMS_PER_CALL = 5;

    /** What the model gives: nothing for the number of the line, which the server knows. */
    public record Arguments(
            @JsonAlias({"search_term", "searchTerm", "emailAddress"})
            @Argument(
                    value = "The email address that the caller names, if the number of the line is not known.",
                    required = false)
            @Nullable
            String email,

            @JsonAlias({"employee_number", "employeeId"})
            @Argument(
                    value = "The employee number that the caller names, if the number of the line is not known.",
                    required = false)
            @Nullable
            String employeeNumber) {

        @Override
        public String toString() {
            return "Arguments[•]";
        }
    }

    @Override
    public String name() {
        return "lookup-customer";
    }

    @Override
    public String description() {
        return "Finds out who calls. Use it at the start of the conversation, without arguments: the number of the line is"
                + " known. If that finds nobody, ask for an email address or employee number and call it again.";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Future<ToolOutcome> run(Arguments arguments, CallFacts facts, ToolServices services) {
        if (facts.standing().isVerified(LoopTime.now())) {
            return verified(facts, services);
        }
        var outcome = hasText(arguments.email()) || hasText(arguments.employeeNumber())
                ? claimed(arguments, facts, services)
                : byLine(facts, services);
        return outcome.otherwise(cause -> Troubles.ofReading("The customer", cause, Map.of()));
    }

    private static Future<ToolOutcome> byLine(CallFacts facts, ToolServices services) {
        return find(ServiceNowProtocol.Key.PHONE, facts.person(), services).map(found -> switch (found.size()) {
            case 0 ->
                ToolOutcome.done(
                        "No customer found with the number of this call. Ask for an email address or employee number.",
                        Map.of("known", false),
                        new ToolOutcome.Identified(null, Standing.Source.NONE));
            case 1 -> recognised(found.getFirst());
            default ->
                ToolOutcome.done(
                        "Several customers share the number of this call. Ask for an email address or employee number.",
                        Map.of("known", false),
                        new ToolOutcome.Identified(null, Standing.Source.NONE));
        });
    }

    private static ToolOutcome recognised(Customer customer) {
        var members = new LinkedHashMap<String, Object>();
        members.put("known", true);
        members.put("verified", false);
        members.put("customer", Map.of("firstName", customer.firstName()));
        members.put("hasOpenTickets", customer.openTickets() > 0);
        members.put("verificationNumbers", PhoneChoice.offered(customer));
        return ToolOutcome.done(
                "A caller known to us. Not verified yet.",
                members,
                new ToolOutcome.Identified(customer, Standing.Source.LINE));
    }

    private static Future<ToolOutcome> claimed(Arguments arguments, CallFacts facts, ToolServices services) {
        if (!services.quota("claims per call", CLAIMS_PER_CALL, Duration.ofDays(1))
                .take(facts.callSid())) {
            return Future.failedFuture(
                    new BusException(Failure.BAD_REQUEST, "No more lookups in this call. Offer a colleague."));
        }
        var email = arguments.email() == null ? "" : arguments.email().strip();
        var number = arguments.employeeNumber() == null
                ? ""
                : arguments.employeeNumber().strip();
        var found = email.contains("@")
                ? find(ServiceNowProtocol.Key.EMAIL, email, services)
                : find(ServiceNowProtocol.Key.EMPLOYEE_NUMBER, number.isEmpty() ? email : number, services);
        return found.map(customers -> ToolOutcome.done(
                "Whether there is such a customer can't be told before the caller is verified. If there is, a code can be"
                        + " sent to the number on record with send-verification.",
                Map.of("verified", false),
                new ToolOutcome.Identified(
                        customers.size() == 1 ? customers.getFirst() : null, Standing.Source.CLAIM)));
    }

    private static Future<ToolOutcome> verified(CallFacts facts, ToolServices services) {
        return ServiceNowBus.LIST_TICKETS
                .send(services.vertx(), new ServiceNowProtocol.ListTickets(facts.callSid(), facts.grant(), false))
                .map(open -> {
                    var customer = facts.standing().customer();
                    var name = customer != null
                                    && customer.sysId().equals(facts.grant().customer())
                            ? customer.name()
                            : "";
                    var members = new LinkedHashMap<String, Object>();
                    members.put("verified", true);
                    members.put("customer", Map.of("name", name));
                    members.put("openTickets", TicketFacts.all(open.tickets()));
                    members.put("ticketCount", open.tickets().size());
                    return ToolOutcome.done(
                            "Customer found: " + name + " with "
                                    + open.tickets().size() + " open tickets",
                            members);
                })
                .otherwise(cause -> Troubles.ofReading("The customer's tickets", cause, Map.of("verified", true)));
    }

    private static Future<List<Customer>> find(ServiceNowProtocol.Key key, String value, ToolServices services) {
        return ServiceNowBus.FIND_CUSTOMER
                .send(services.vertx(), new ServiceNowProtocol.FindCustomer(key, new Sensitive(value)))
                .map(ServiceNowProtocol.Found::customers);
    }

    private static boolean hasText(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
