package dev.callbus.servicenow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.ServiceNowProtocol.Created;
import dev.callbus.servicenow.ServiceNowProtocol.Queued;
import dev.callbus.servicenow.table.TableStub;
import dev.callbus.servicenow.table.TableStub.Harm;
import dev.callbus.verify.Grant;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tickets are made exactly once, now or when ServiceNow is back. */
class TicketFilingTest {
    @TempDir
    Path directory;

    private ServiceNowRig rig;
    private TableStub stub;

    @BeforeEach
    void start() throws Exception {
        rig = new ServiceNowRig(directory.resolve("outbox"));
        stub = rig.stub;
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void makesATicketOfTheCallersOwn() throws Exception {
        var created = created(ServiceNowRig.ticket("Outlook crashes"));
        assertThat(created.already()).isFalse();
        assertThat(created.leftOut()).isEmpty();
        assertThat(created.ticket().state()).isEqualTo("New");
        var stored = stub.record("incident", created.ticket().sysId());
        assertThat(stored)
                .containsEntry("caller_id", rig.abel)
                .containsEntry("short_description", "Outlook crashes")
                .containsEntry("description", "It does not work");
        assertThat(stored.get("correlation_id")).startsWith(ServiceNowRig.CALL + "-");
        assertThat(outbox()).isEmpty();
        assertThat(rig.filed).isEmpty();
    }

    @Test
    void reachesAPriorityThroughImpactAndUrgency() throws Exception {
        for (int priority = 1; priority <= 5; priority++) {
            var created = created(new NewTicket("Case " + priority, "x", priority, null, null, null, null, null, null));
            assertThat(created.ticket().priority()).startsWith(priority + " - ");
            assertThat(created.leftOut()).isEmpty();
        }
        var clash = created(new NewTicket("Clash", "x", 1, 3, null, null, null, null, null));
        assertThat(clash.ticket().priority()).isEqualTo("1 - Critical");
        assertThat(clash.leftOut()).containsExactly("urgency 3 (it does not go with priority 1)");
    }

    @Test
    void takesLabelsAndValuesOfChoicesAndReportsWhatIsNone() throws Exception {
        choice("category", "network", "Network", "");
        choice("subcategory", "vpn", "VPN", "network");
        choice("subcategory", "mouse", "Mouse", "hardware");
        choice("contact_type", "phone", "Phone", "");
        var created = created(new NewTicket("A", "x", null, null, "NETWORK", "Vpn", "phone", null, null));
        assertThat(stub.record("incident", created.ticket().sysId()))
                .containsEntry("category", "network")
                .containsEntry("subcategory", "vpn")
                .containsEntry("contact_type", "phone");
        assertThat(created.leftOut()).isEmpty();
        var other = created(new NewTicket("B", "x", null, null, "Software", "Mouse", null, null, null));
        assertThat(other.leftOut())
                .containsExactly(
                        "category (ServiceNow has no such value)", "subcategory (ServiceNow has no such value)");
    }

    @Test
    void c28ReportsAParentThatIsNotTheCustomers() throws Exception {
        var own = stub.add("incident", "caller_id", rig.abel, "number", "INC0010900");
        stub.add("incident", "caller_id", rig.beth, "opened_by", rig.abel, "number", "INC0010901");
        var child = created(new NewTicket("A", "x", null, null, null, null, null, null, "inc 0 0 1 0 9 0 0"));
        assertThat(stub.record("incident", child.ticket().sysId())).containsEntry("parent_incident", own);
        var orphan = created(new NewTicket("B", "x", null, null, null, null, null, null, "INC0010901"));
        assertThat(orphan.leftOut()).containsExactly("parent (Ticket INC0010901 not found in ServiceNow)");
        assertThat(stub.record("incident", orphan.ticket().sysId())).doesNotContainKey("parent_incident");
    }

    @Test
    void cutsTheTitleWhereServiceNowWould() throws Exception {
        var created = created(ServiceNowRig.ticket("x".repeat(500)));
        assertThat(created.ticket().shortDescription()).hasSize(160).endsWith("…");
        assertThat(created.leftOut()).isEmpty();
    }

    @Test
    void c28TheSameCallAndTitleAreTheSameTicket() throws Exception {
        var first = created(ServiceNowRig.ticket("Outlook crashes"));
        var second = created(ServiceNowRig.ticket("  outlook  CRASHES! "));
        assertThat(second.already()).isTrue();
        assertThat(second.ticket()).isEqualTo(first.ticket());
        assertThat(stub.table("incident")).hasSize(1);
    }

    @Test
    void c28AsksAtTheSameTimeShareOneTicket() throws Exception {
        var asks = List.of(1, 2, 3, 4, 5).stream()
                .map(i -> ServiceNowBus.CREATE_TICKET.send(
                        rig.vertx,
                        new ServiceNowProtocol.CreateTicket(
                                ServiceNowRig.CALL, rig.grant(rig.abel), ServiceNowRig.ticket("Outlook crashes"))))
                .toList();
        Future.all(asks).await(10, SECONDS);
        assertThat(stub.table("incident")).hasSize(1);
        assertThat(stub.count("POST", "incident")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_CUT", "DONE_THEN_STATUS", "CUT", "STATUS", "SILENCE"})
    void isExactlyOneWhateverBecomesOfTheAnswer(Harm harm) throws Exception {
        stub.fail("POST", "incident", 1, harm);
        var answer = rig.create(ServiceNowRig.ticket("Outlook crashes"));
        if (answer instanceof Queued) {
            assertThat(rig.filed.poll(10, SECONDS)).isNotNull();
        }
        assertThat(stub.table("incident")).hasSize(1);
        waitForEmptyOutbox();
    }

    @Test
    void isFoundAfterAnAnswerThatWasLost() throws Exception {
        stub.fail("POST", "incident", 1, Harm.DONE_THEN_CUT);
        assertThat(created(ServiceNowRig.ticket("Outlook crashes")).already()).isFalse();
        assertThat(stub.count("POST", "incident")).isEqualTo(1);
    }

    @Test
    void waitsForACommitThatComesLateInsteadOfSendingAgain() throws Exception {
        rig.close();
        rig = new ServiceNowRig(directory.resolve("outbox"), ServiceNowRig.timing(Duration.ofSeconds(6)));
        stub = rig.stub;
        stub.late("POST", "incident", 1, 3500);
        assertThat(rig.create(ServiceNowRig.ticket("Outlook crashes"))).isInstanceOf(Queued.class);
        assertThat(rig.filed.poll(10, SECONDS)).isNotNull();
        assertThat(stub.count("POST", "incident")).isEqualTo(1);
        assertThat(stub.table("incident")).hasSize(1);
    }

    @Test
    void isQueuedWhileServiceNowIsDownAndFiledWhenItIsBack() throws Exception {
        stub.fail("", "", 10, Harm.CUT);
        stub.fail("GET", "incident", 9, Harm.STATUS);
        assertThat(rig.create(ServiceNowRig.ticket("Outlook crashes"))).isInstanceOf(Queued.class);
        assertThat(stub.count("POST", "incident")).isZero();
        assertThat(outbox()).hasSize(1);
        assertThat(Files.getPosixFilePermissions(outbox().getFirst()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        stub.faults.clear();
        var filed = rig.filed.poll(10, SECONDS);
        assertThat(filed).isNotNull();
        assertThat(filed.callSid()).isEqualTo(ServiceNowRig.CALL);
        assertThat(stub.table("incident")).containsOnlyKeys(filed.ticket().sysId());
        waitForEmptyOutbox();
    }

    @Test
    void survivesARestartOfTheNode() throws Exception {
        stub.fail("GET", "incident", 1000, Harm.STATUS, 200, "text/html", "<html>Instance Hibernating</html>");
        var answer = rig.create(ServiceNowRig.ticket("Outlook crashes"));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Queued.class,
                        queued -> assertThat(queued.reason())
                                .isEqualTo("ServiceNow answered with a web page: the instance may be hibernating"));
        rig.stop();
        assertThat(outbox()).hasSize(1);
        stub.faults.clear();
        rig.start();
        assertThat(rig.filed.poll(10, SECONDS)).isNotNull();
        assertThat(stub.table("incident")).hasSize(1);
    }

    @Test
    void aRestartDoesNotRepeatAnInsertThatMayStillCommit() throws Exception {
        rig.close();
        rig = new ServiceNowRig(directory.resolve("outbox"), ServiceNowRig.timing(Duration.ofSeconds(6)));
        stub = rig.stub;
        stub.late("POST", "incident", 1, 4000);
        assertThat(rig.create(ServiceNowRig.ticket("Outlook crashes"))).isInstanceOf(Queued.class);
        rig.stop();
        rig.start();
        assertThat(rig.filed.poll(10, SECONDS)).isNotNull();
        assertThat(stub.count("POST", "incident")).isEqualTo(1);
        assertThat(stub.table("incident")).hasSize(1);
    }

    @Test
    void isSentAgainOnceTheFirstCanNoLongerCommit() throws Exception {
        stub.fail("POST", "incident", 1, Harm.SILENCE);
        assertThat(rig.create(ServiceNowRig.ticket("Outlook crashes"))).isInstanceOf(Queued.class);
        assertThat(rig.filed.poll(10, SECONDS)).isNotNull();
        assertThat(stub.count("POST", "incident")).isEqualTo(2);
        assertThat(stub.table("incident")).hasSize(1);
    }

    @Test
    void garbageInTheOutboxIsSetAside() throws Exception {
        rig.stop();
        var garbage = directory.resolve("outbox").resolve("ticket-1.json");
        Files.writeString(garbage, "{\"intent\": 17");
        rig.start();
        assertThat(garbage).doesNotExist();
        assertThat(garbage.resolveSibling("ticket-1.aside")).exists();
        assertThat(created(ServiceNowRig.ticket("Outlook crashes"))).isNotNull();
    }

    @Test
    void aRefusalIsNotQueued() throws Exception {
        stub.fail(
                "POST",
                "incident",
                1,
                Harm.STATUS,
                403,
                TableStub.error("Operation Failed", "ACL Exception Insert Failed due to security constraints"));
        assertThat(refused(ServiceNowRig.ticket("Outlook crashes")).failure()).isEqualTo(Failure.CONFLICT);
        assertThat(outbox()).isEmpty();
    }

    @Test
    void aLongRateLimitQueuesWithoutSendingAnythingMore() throws Exception {
        stub.fail("GET", "incident", 1, Harm.STATUS, 429, TableStub.error("Rate limit exceeded", "long"));
        assertThat(rig.create(ServiceNowRig.ticket("Outlook crashes"))).isInstanceOf(Queued.class);
        assertThat(stub.count("POST", "incident")).isZero();
        assertThat(outbox()).hasSize(1);
    }

    @Test
    void makesNothingWhereItCanNotSeeWhatIsThere() throws Exception {
        var key = TicketFiler.key(ServiceNowRig.CALL, ServiceNowRig.ticket("Outlook crashes"));
        stub.add("incident", "caller_id", rig.abel, "correlation_id", key);
        stub.fail(
                "GET",
                "incident",
                1,
                Harm.STATUS,
                200,
                "{\"result\":[{\"sys_id\":{\"value\":\"0000000000000000000000000000000f\",\"display_value\":\"\"}}]}");
        assertThat(refused(ServiceNowRig.ticket("Outlook crashes")).failure()).isEqualTo(Failure.CONFLICT);
        assertThat(stub.count("POST", "incident")).isZero();
    }

    @Test
    void s11RefusesGrantsThatAreNotGood() {
        var good = rig.grant(rig.abel);
        for (var grant : List.of(
                new Grant(good.callSid(), rig.beth, good.expiresAt(), good.seal()),
                new Grant(good.callSid(), rig.abel, Instant.now().plusSeconds(9999), good.seal()),
                new Grant("CA1", rig.abel, good.expiresAt(), good.seal()))) {
            var ask = ServiceNowBus.CREATE_TICKET.send(
                    rig.vertx,
                    new ServiceNowProtocol.CreateTicket(ServiceNowRig.CALL, grant, ServiceNowRig.ticket("x")));
            var refusal = catchThrowableOfType(BusException.class, () -> ask.await(5, SECONDS));
            assertThat(refusal.failure()).isEqualTo(Failure.BAD_REQUEST);
            assertThat(refusal).hasMessageContaining("not verified");
        }
        assertThat(stub.seen).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithATicket() {
        assertThat(refused(ServiceNowRig.ticket(" "))).hasMessageContaining("short description");
        assertThat(refused(new NewTicket("x", "x", 6, null, null, null, null, null, null)))
                .hasMessageContaining("priority is a number from 1 to 5");
        assertThat(refused(new NewTicket("x", "x", null, null, null, null, null, null, "INC1^ORnumber=2")))
                .hasMessageContaining("no ticket number");
        assertThat(stub.seen).isEmpty();
    }

    @Test
    void withoutAnInstanceNothingIsDone() throws Exception {
        rig.stop();
        rig.start(null);
        var refusal = refused(ServiceNowRig.ticket("x"));
        assertThat(refusal.failure()).isEqualTo(Failure.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("SERVICENOW_INSTANCE");
    }

    private Created created(NewTicket ticket) throws Exception {
        return (Created) rig.create(ticket);
    }

    private BusException refused(NewTicket ticket) {
        return catchThrowableOfType(BusException.class, () -> rig.create(ticket));
    }

    private void choice(String element, String value, String label, String dependent) {
        stub.add(
                "sys_choice",
                "name",
                "incident",
                "element",
                element,
                "value",
                value,
                "label",
                label,
                "dependent_value",
                dependent,
                "inactive",
                "false",
                "language",
                "en");
    }

    private List<Path> outbox() {
        try (var files = Files.list(directory.resolve("outbox"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file goes right after the ticket is announced. */
    private void waitForEmptyOutbox() throws TimeoutException {
        rig.waitFor(() -> outbox().isEmpty());
    }
}
