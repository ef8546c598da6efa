package dev.callbus.tool.helpdesk;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Protocol;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.Sensitive;
import dev.callbus.config.Secret;
import dev.callbus.config.ToolSettings;
import dev.callbus.llm.ToolCall;
import dev.callbus.servicenow.Contact;
import dev.callbus.servicenow.Customer;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.servicenow.Ticket;
import dev.callbus.servicenow.TicketSummary;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolRegistry;
import dev.callbus.verify.Challenge;
import dev.callbus.verify.Grant;
import dev.callbus.verify.Seal;
import dev.callbus.verify.VerifyBus;
import dev.callbus.verify.VerifyProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The help desk's tools with ServiceNow and verification played at their bus addresses; what must not be told is marked. */
final class DeskRig implements AutoCloseable {
    static final String CALL = "CA1";
    static final String CODE = "482913";
    static final String MOBILE = "+15550001142";
    static final String BUSINESS = "+15550001177";
    static final String SYS_ID = "5ec7e70000000000000000000000c0de";
    static final String TICKET_ID = "71c4e7000000000000000000000000ad";
    static final Customer ALEX = customer(SYS_ID, "Alex", "Alex Morgan");
    static final Customer BO = customer("b0b0b000000000000000000000000002", "Bo", "Bo Berg");
    static final TicketSummary SUMMARY = new TicketSummary(
            TICKET_ID,
            "INC0010023",
            "Printer on fire",
            "In Progress",
            "3 - Moderate",
            "2026-11-20 08:00:00",
            "Dana Fox",
            "");
    static final Ticket TICKET = new Ticket(
            SUMMARY,
            "It burns.",
            "2 - Medium",
            "3 - Low",
            "Hardware",
            "",
            "Phone",
            "",
            "2026-11-20 09:00:00",
            "2026-11-20 09:00:00",
            "",
            "Solution provided",
            "Put out.",
            List.of(new Ticket.Note("2026-11-20 08:30:00", "work note", "Dana Fox", "Called the fire brigade.")),
            List.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Seal SEAL = new Seal(new Secret("a key for tests"));

    final Queue<Protocol> asked = new ConcurrentLinkedQueue<>();
    final ToolRegistry tools;
    private final Vertx vertx = Vertx.vertx();
    private Standing standing = Standing.UNKNOWN;

    Future<ServiceNowProtocol.Found> found = Future.succeededFuture(new ServiceNowProtocol.Found(List.of(ALEX)));
    Future<ServiceNowProtocol.Tickets> listed =
            Future.succeededFuture(new ServiceNowProtocol.Tickets(List.of(SUMMARY)));
    Future<ServiceNowProtocol.TicketRead> read = Future.succeededFuture(new ServiceNowProtocol.TicketRead(TICKET));
    Future<ServiceNowProtocol.Creation> creation =
            Future.succeededFuture(new ServiceNowProtocol.Created(SUMMARY, false, List.of()));
    Future<ServiceNowProtocol.Updated> updated = Future.succeededFuture(
            new ServiceNowProtocol.Updated(SUMMARY, "2026-11-21 10:00:00", List.of("state", "work_notes"), List.of()));
    Future<VerifyProtocol.CodeSent> sent =
            Future.succeededFuture(new VerifyProtocol.CodeSent(challenge(ALEX), "pending", 2));
    Future<VerifyProtocol.Checked> checked =
            Future.succeededFuture(new VerifyProtocol.Checked("approved", grant(ALEX), 4));

    DeskRig() throws TimeoutException {
        ProtocolCodec.install(vertx, List.of(ServiceNowProtocol.class, VerifyProtocol.class));
        tools = ToolRegistry.standard(
                vertx, new ToolSettings(new ToolSettings.Sms(null, List.of(), 2, 3), Set.of("media.example.com")));
        Future.all(List.of(
                        ServiceNowBus.FIND_CUSTOMER.serve(vertx, ask -> note(ask, found)),
                        ServiceNowBus.LIST_TICKETS.serve(vertx, ask -> note(ask, listed)),
                        ServiceNowBus.READ_TICKET.serve(vertx, ask -> note(ask, read)),
                        ServiceNowBus.CREATE_TICKET.serve(vertx, ask -> note(ask, creation)),
                        ServiceNowBus.UPDATE_TICKET.serve(vertx, ask -> note(ask, updated)),
                        VerifyBus.SEND.serve(vertx, ask -> note(ask, sent)),
                        VerifyBus.CHECK.serve(vertx, ask -> note(ask, checked))))
                .await(5, SECONDS);
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(5, SECONDS);
    }

    /** With this being known of the caller. */
    DeskRig knowing(Standing known) {
        standing = known;
        return this;
    }

    DeskRig verified() {
        return knowing(line().admitted(grant(ALEX)));
    }

    /** Runs a tool as the call does, in which every tool is allowed. */
    ToolOutcome run(String tool, String arguments) throws TimeoutException {
        return run(CALL, tool, arguments);
    }

    ToolOutcome run(String callSid, String tool, String arguments) throws TimeoutException {
        var facts = new CallFacts(callSid, "+15550001111", "+15550002222", "inbound", List.of("en-US"), Map.of())
                .at(standing, "1.1.call_0");
        return tools.run(new ToolCall("call_0", tool, arguments, null), tools.names(), facts)
                .await(5, SECONDS);
    }

    /** Every service fails like this. */
    DeskRig failing(Failure failure, String message) {
        var cause = new BusException(failure, message);
        found = Future.failedFuture(cause);
        listed = Future.failedFuture(cause);
        read = Future.failedFuture(cause);
        creation = Future.failedFuture(cause);
        updated = Future.failedFuture(cause);
        sent = Future.failedFuture(cause);
        checked = Future.failedFuture(cause);
        return this;
    }

    /** The last of these questions that a service was asked. */
    <Q extends Protocol> Q asked(Class<Q> type) {
        return asked.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    static JsonNode json(ToolOutcome outcome) throws JsonProcessingException {
        return JSON.readTree(outcome.content());
    }

    static String message(ToolOutcome outcome) throws JsonProcessingException {
        return json(outcome).path("message").asText();
    }

    /** Alex's line is recognised. */
    static Standing line() {
        return Standing.UNKNOWN.identified(ALEX, Standing.Source.LINE);
    }

    /** The caller named this customer, or nobody that there is. */
    static Standing claim(@Nullable Customer customer) {
        return Standing.UNKNOWN.identified(customer, Standing.Source.CLAIM);
    }

    static Challenge challenge(Customer customer) {
        return SEAL.challenge(CALL, customer.sysId(), "VE1", 6, Instant.now(), Duration.ofMinutes(10));
    }

    static Grant grant(Customer customer) {
        return SEAL.grant(CALL, customer.sysId(), Instant.now(), Duration.ofMinutes(30));
    }

    static Grant expired() {
        return SEAL.grant(CALL, SYS_ID, Instant.now().minusSeconds(60), Duration.ofSeconds(30));
    }

    private <A> Future<A> note(Protocol ask, Future<A> answer) {
        asked.add(ask);
        return answer;
    }

    private static Customer customer(String sysId, String firstName, String name) {
        return new Customer(
                sysId,
                firstName,
                name,
                List.of(new Contact("mobile", new Sensitive(MOBILE)), new Contact("business", new Sensitive(BUSINESS))),
                2);
    }
}
