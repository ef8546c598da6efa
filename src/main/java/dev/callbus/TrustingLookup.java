package dev.callbus;

import dev.callbus.bus.Sensitive;
import dev.callbus.servicenow.Customer;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.time.LoopTime;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Standing;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import dev.callbus.tool.helpdesk.LookupCustomer;
import dev.callbus.verify.Seal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/**
 * {@code lookup-customer} for the operator's own keyboard: an address that somebody has is proof of being that somebody. Only
 * {@code scripts/shell --trust} has it, whose node serves nobody else; on the telephone an address proves nothing.
 */
final class TrustingLookup implements Tool<LookupCustomer.Arguments> {
    private final LookupCustomer lookup;
    private final Seal seal;
    private final Duration life;

    /**
     * @param lookup what is asked for whatever isn't an address
     * @param seal of this process
     * @param life how long the proof holds
     */
    TrustingLookup(LookupCustomer lookup, Seal seal, Duration life) {
        this.lookup = lookup;
        this.seal = seal;
        this.life = life;
    }

    @Override
    public String name() {
        return lookup.name();
    }

    @Override
    public String description() {
        return lookup.description();
    }

    @Override
    public Class<LookupCustomer.Arguments> arguments() {
        return lookup.arguments();
    }

    @Override
    public Future<ToolOutcome> run(LookupCustomer.Arguments arguments, CallFacts facts, ToolServices services) {
        var email = arguments.email() == null ? "" : arguments.email().strip();
        if (!email.contains("@") || !isKeyboard(facts)) {
            return lookup.run(arguments, facts, services);
        }
        return ServiceNowBus.FIND_CUSTOMER
                .send(
                        services.vertx(),
                        new ServiceNowProtocol.FindCustomer(ServiceNowProtocol.Key.EMAIL, new Sensitive(email)))
                .map(found ->
                        found.customers().size() == 1 ? proven(found.customers().getFirst(), facts) : unknown())
                .otherwise(cause -> ToolOutcome.refused("The customer can't be looked up right now."));
    }

    /** Whether it is a conversation in writing that nobody's number belongs to: no telephone call, no text messages. */
    private static boolean isKeyboard(CallFacts facts) {
        return facts.callSid().startsWith("chat-") && facts.person().isEmpty();
    }

    private ToolOutcome proven(Customer customer, CallFacts facts) {
        return ToolOutcome.done(
                "Customer found and verified: " + customer.name(),
                Map.of("known", true, "verified", true, "customer", Map.of("name", customer.name())),
                new ToolOutcome.Identified(customer, Standing.Source.CLAIM),
                new ToolOutcome.Admitted(seal.grant(facts.callSid(), customer.sysId(), LoopTime.now(), life)));
    }

    private static ToolOutcome unknown() {
        return ToolOutcome.done(
                "There is no such customer.",
                Map.of("known", false, "verified", false),
                new ToolOutcome.Identified(null, Standing.Source.NONE));
    }
}
