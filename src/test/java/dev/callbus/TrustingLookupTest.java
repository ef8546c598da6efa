package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.Secret;
import dev.callbus.config.ToolSettings;
import dev.callbus.servicenow.Customer;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.time.LoopTime;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolServices;
import dev.callbus.tool.helpdesk.LookupCustomer;
import dev.callbus.verify.Seal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrustingLookupTest {
    private static final String KEYBOARD = "chat-1";
    private static final Customer ABRAHAM = new Customer("s1", "Abraham", "Abraham Lincoln", List.of(), 0);

    private final Vertx vertx = Vertx.vertx();
    private final Seal seal = new Seal(new Secret("0123456789abcdef0123456789abcdef"));
    private final TrustingLookup lookup = new TrustingLookup(new LookupCustomer(), seal, Duration.ofMinutes(1));
    private Future<ServiceNowProtocol.Found> found =
            Future.succeededFuture(new ServiceNowProtocol.Found(List.of(ABRAHAM)));

    @BeforeEach
    void serve() throws Exception {
        ProtocolCodec.install(vertx, Protocols.ALL);
        ServiceNowBus.FIND_CUSTOMER.serve(vertx, question -> found).await(5, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, SECONDS);
    }

    @Test
    void anAddressAtTheKeyboardIsProofForThisConversation() throws Exception {
        var outcome = run("abraham@example.com", KEYBOARD, "");
        assertThat(outcome.content()).contains("\"known\":true", "\"verified\":true");
        assertThat(outcome.actions()).hasSize(2).last().isInstanceOfSatisfying(ToolOutcome.Admitted.class, admitted -> {
            assertThat(seal.isGood(admitted.grant(), KEYBOARD, LoopTime.now())).isTrue();
            assertThat(seal.isGood(admitted.grant(), "chat-2", LoopTime.now())).isFalse();
            assertThat(admitted.grant().customer()).isEqualTo("s1");
        });
    }

    @Test
    void neitherCallersNorThoseWhoSendTextMessagesAreTrusted() throws Exception {
        for (var outcome : List.of(
                run("abraham@example.com", "CA00000000000000000000000000000001", "+15550001865"),
                run("abraham@example.com", "CA00000000000000000000000000000001", ""),
                run("abraham@example.com", "chat-2", "+15550001865"))) {
            assertThat(outcome.content()).contains("\"verified\":false").doesNotContain("known", "Abraham");
            assertThat(outcome.actions()).noneMatch(ToolOutcome.Admitted.class::isInstance);
        }
    }

    @Test
    void onlyOneCustomersAddressIsProof() throws Exception {
        for (var several : List.of(List.<Customer>of(), List.of(ABRAHAM, ABRAHAM))) {
            found = Future.succeededFuture(new ServiceNowProtocol.Found(several));
            var outcome = run("abraham@example.com", KEYBOARD, "");
            assertThat(outcome.content()).contains("\"known\":false");
            assertThat(outcome.actions()).noneMatch(ToolOutcome.Admitted.class::isInstance);
        }
        found = Future.failedFuture(new BusException(Failure.UNAVAILABLE, "away"));
        var outcome = run("abraham@example.com", KEYBOARD, "");
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.actions()).isEmpty();
    }

    @Test
    void anEmployeeNumberProvesNothing() throws Exception {
        var arguments = new LookupCustomer.Arguments(null, "E20013");
        var outcome = lookup.run(arguments, facts(KEYBOARD, ""), services()).await(5, SECONDS);
        assertThat(outcome.content()).contains("\"verified\":false");
        assertThat(outcome.actions()).noneMatch(ToolOutcome.Admitted.class::isInstance);
    }

    private ToolOutcome run(String email, String callSid, String from) throws Exception {
        return lookup.run(new LookupCustomer.Arguments(email, null), facts(callSid, from), services())
                .await(5, SECONDS);
    }

    private ToolServices services() {
        return new ToolServices(vertx, new ToolSettings(new ToolSettings.Sms(null, List.of(), 1, 1), Set.of()));
    }

    private static CallFacts facts(String callSid, String from) {
        return new CallFacts(callSid, from, "", "inbound", List.of("en-US"), Map.of());
    }
}
