package dev.callbus.servicenow;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Protocol;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.Sensitive;
import dev.callbus.config.Secret;
import dev.callbus.config.ServiceNowSettings;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.sandbox.servicenow.ServiceNowOptions;
import dev.callbus.sandbox.servicenow.ServiceNowServer;
import dev.callbus.servicenow.ServiceNowProtocol.AddToCall;
import dev.callbus.servicenow.ServiceNowProtocol.CallFile;
import dev.callbus.servicenow.ServiceNowProtocol.Created;
import dev.callbus.servicenow.ServiceNowProtocol.Filed;
import dev.callbus.servicenow.ServiceNowProtocol.Queued;
import dev.callbus.servicenow.table.TableTiming;
import dev.callbus.verify.Grant;
import dev.callbus.verify.Seal;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The verticle against the sandbox's instance, with its rules, rights and seed. */
class SandboxServiceNowTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final BlockingQueue<Filed> FILED = new LinkedBlockingQueue<>();
    private static final Seal SEAL = new Seal(new Secret("0123456789abcdef"));
    private static @Nullable ServiceNowServer server;

    @TempDir
    Path directory;

    private String call = "";
    private Customer customer = new Customer("", "", "", List.of(), 0);
    private String deployment = "";

    @BeforeAll
    static void startServer() throws Exception {
        ProtocolCodec.install(VERTX, List.<Class<? extends Protocol>>of(ServiceNowProtocol.class));
        server = new ServiceNowServer(
                        VERTX,
                        ServiceNowOptions.lifelike("callbus", "secret")
                                .withOauthClient(new ServiceNowOptions.OauthClient("id", "cs", "callbus")))
                .start()
                .await(30, SECONDS);
        ServiceNowBus.FILED.subscribe(VERTX, FILED::add).await(5, SECONDS);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server().close().await(10, SECONDS);
        VERTX.close().await(10, SECONDS);
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        call = "CA" + Fingerprint.of(32, test.getDisplayName());
        FILED.clear();
        deploy(new ServiceNowSettings.Basic("callbus", new Secret("secret")));
        customer = find("+15550001111").getFirst();
    }

    @AfterEach
    void stop() throws Exception {
        server().faults().clear();
        VERTX.undeploy(deployment).await(10, SECONDS);
    }

    @Test
    void findsTheCallerOfTheDemo() throws Exception {
        assertThat(find("+15550001111")).singleElement().satisfies(found -> {
            assertThat(found.sysId()).matches("[0-9a-f]{32}");
            assertThat(found.firstName()).isNotBlank();
            assertThat(found.contacts()).isNotEmpty();
        });
    }

    @Test
    void listsAndReadsTicketsOfItsOwn() throws Exception {
        var created = created("Printer is on fire", 2);
        var listed = ServiceNowBus.LIST_TICKETS
                .send(VERTX, new ServiceNowProtocol.ListTickets(call, grant(), false))
                .await(10, SECONDS);
        assertThat(listed.tickets())
                .extracting(TicketSummary::number)
                .contains(created.ticket().number());
        var ticket = read(created.ticket().number());
        assertThat(ticket.summary().state()).isEqualTo("New");
        assertThat(ticket.summary().priority()).isEqualTo("2 - High");
        assertThat(ticket.description()).isEqualTo("It does not work");
        assertThat(ticket.category()).isEqualTo("Network");
        assertThat(ticket.notes()).extracting(Ticket.Note::text).contains("Said so on the phone");
    }

    @Test
    void makesATicketWithEverything() throws Exception {
        var created = created("VPN drops", 3);
        assertThat(created.leftOut()).isEmpty();
        assertThat(ledger().incidents(key("VPN drops")))
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("caller_id", customer.sysId())
                        .containsEntry("category", "network")
                        .containsEntry("contact_type", "phone")
                        .containsEntry("priority", "3"));
    }

    @Test
    void theGoodLifeOfATicket() throws Exception {
        var number = created("Outlook crashes", 4).ticket().number();
        assertThat(update("a", number, change(2, null, null)).updated()).containsExactly("state");
        var hold = new TicketChange(
                3, null, null, null, "Please call back", null, null, "Awaiting Caller", null, null, null, null);
        assertThat(update("b", number, hold).updated()).contains("state", "hold_reason", "comments");
        var resolved = update("c", number, change(6, "Solution provided", "Reinstalled"));
        assertThat(resolved.updated()).containsExactlyInAnyOrder("state", "close_code", "close_notes");
        assertThat(read(number).closeNotes()).isEqualTo("Reinstalled");
        assertThat(update("d", number, change(2, null, null)).ticket().state()).isEqualTo("In Progress");
        var prioritised =
                new TicketChange(null, 1, null, "Whole floor", null, null, null, null, null, null, null, null);
        assertThat(update("e", number, prioritised).ticket().priority()).isEqualTo("1 - Critical");
    }

    @Test
    void s11TicketsOfOthersDoNotExist() {
        var foreign = ledger().records("incident", "active", "true").stream()
                .filter(record -> !customer.sysId().equals(record.get("caller_id")))
                .findFirst()
                .orElseThrow();
        var number = String.valueOf(foreign.get("number"));
        var refusal = catchThrowableOfType(BusException.class, () -> read(number));
        assertThat(refusal.failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(catchThrowableOfType(BusException.class, () -> update("a", number, change(2, null, null)))
                        .failure())
                .isEqualTo(Failure.NOT_FOUND);
    }

    @Test
    void aTicketIsThereOnceAfterALostAnswer() throws Exception {
        server().faults().on("POST", "incident").loseAnswersOfNext(1);
        created("Outlook crashes", 4);
        assertThat(ledger().inserts(key("Outlook crashes"))).isEqualTo(1);
    }

    @Test
    void aTicketIsThereOnceAfterAGarbledOrTruncatedAnswer() throws Exception {
        server().faults().on("POST", "incident").garbleAnswersOfNext(1);
        created("A", 4);
        server().faults().on("POST", "incident").truncateAnswersOfNext(1);
        created("B", 4);
        assertThat(ledger().inserts(key("A"))).isEqualTo(1);
        assertThat(ledger().inserts(key("B"))).isEqualTo(1);
    }

    @Test
    void aTicketThatIsCommittedLateIsThereOnce() throws Exception {
        server().faults().on("POST", "incident").slowDownNext(1, Duration.ofSeconds(4));
        assertThat(create("Outlook crashes", 4)).isInstanceOf(Queued.class);
        assertThat(FILED.poll(10, SECONDS)).isNotNull();
        assertThat(ledger().inserts(key("Outlook crashes"))).isEqualTo(1);
    }

    @Test
    void aTicketIsQueuedWhileTheInstanceHibernates() throws Exception {
        server().faults().hibernate();
        assertThat(create("Outlook crashes", 4)).isInstanceOf(Queued.class);
        server().faults().wakeUp();
        var filed = FILED.poll(10, SECONDS);
        assertThat(filed).isNotNull();
        assertThat(ledger().inserts(key("Outlook crashes"))).isEqualTo(1);
    }

    @Test
    void aTicketIsQueuedWhileTheInstanceIsDown() throws Exception {
        server().faults().goDown();
        assertThat(create("Outlook crashes", 4)).isInstanceOf(Queued.class);
        server().faults().comeBack();
        assertThat(FILED.poll(10, SECONDS)).isNotNull();
        assertThat(ledger().inserts(key("Outlook crashes"))).isEqualTo(1);
    }

    @Test
    void filesACallAndAddsItsRecording() throws Exception {
        var ticket = created("Outlook crashes", 4).ticket();
        var at = Instant.parse("2026-11-21T02:00:00Z");
        var record = new CallRecord(
                call,
                "inbound",
                at,
                at.plusSeconds(90),
                "end-call",
                customer.sysId(),
                "Outlook was reinstalled",
                List.of(new CallRecord.Line(at, CallRecord.Speaker.CALLER, "My Outlook crashes")),
                List.of(ticket.sysId()));
        server().faults().on("POST", "interaction").loseAnswersOfNext(1);
        server().faults().on("PATCH", "incident").loseAnswersOfNext(1);
        ServiceNowBus.FILE_CALL
                .send(VERTX, new ServiceNowProtocol.FileCall(record))
                .await(5, SECONDS);
        waitForEmptyOutbox();
        var interaction = ledger().records("interaction", "correlation_id", call);
        assertThat(interaction)
                .singleElement()
                .satisfies(each -> assertThat(each)
                        .containsEntry("state", "closed_complete")
                        .containsEntry("opened_for", customer.sysId()));
        var id = String.valueOf(interaction.getFirst().get("sys_id"));
        assertThat(ledger().attachments(id))
                .singleElement()
                .satisfies(file -> assertThat(file.name()).isEqualTo("transcript.txt"));
        assertThat(ledger().records("interaction_related_record", "interaction", id))
                .hasSize(1);
        assertThat(ledger().journal(ticket.sysId()))
                .filteredOn(entry -> entry.text().contains("Outlook was reinstalled"))
                .hasSize(1);
        addsARecordingTo(ticket);
    }

    private void addsARecordingTo(TicketSummary ticket) throws Exception {
        var file = Files.writeString(directory.resolve("r.mp3"), "sound");
        var added = ServiceNowBus.ADD_TO_CALL
                .send(
                        VERTX,
                        new AddToCall(
                                call, "recording", "A recording", new CallFile(file.toString(), "r.mp3", "audio/mpeg")))
                .await(10, SECONDS);
        assertThat(added.ticketNumber()).isEqualTo(ticket.number());
        assertThat(ledger().attachments(ticket.sysId())).singleElement().satisfies(each -> {
            assertThat(each.bytes()).isEqualTo(5);
            assertThat(each.contentType()).isEqualTo("audio/mpeg");
        });
    }

    @Test
    void signsInAsAClient() throws Exception {
        VERTX.undeploy(deployment).await(10, SECONDS);
        deploy(new ServiceNowSettings.ClientCredentials("id", new Secret("cs")));
        assertThat(find("+15550001111")).hasSize(1);
        server().faults().on("GET", "sys_user").rejectLoginsOfNext(1);
        assertThat(find("+15550001111")).hasSize(1);
    }

    @Test
    void signsInWithAPasswordGrant() throws Exception {
        VERTX.undeploy(deployment).await(10, SECONDS);
        deploy(new ServiceNowSettings.PasswordGrant("id", new Secret("cs"), "callbus", new Secret("secret")));
        assertThat(find("+15550001111")).hasSize(1);
    }

    private static ServiceNowServer server() {
        return Objects.requireNonNull(server);
    }

    private static Ledger ledger() {
        return server().ledger();
    }

    private void deploy(ServiceNowSettings.Credentials credentials) throws TimeoutException {
        var settings = new ServiceNowSettings(
                URI.create(server().baseUrl()),
                true,
                credentials,
                Duration.ofSeconds(2),
                "US",
                directory.resolve("outbox"));
        var timing = new ServiceNowTiming(
                Duration.ofMillis(3200),
                Duration.ofSeconds(10),
                Duration.ofSeconds(4),
                Duration.ofSeconds(20),
                Duration.ofMillis(100),
                Duration.ofMillis(300),
                Duration.ofMinutes(1),
                new TableTiming(
                        Duration.ofSeconds(2),
                        Duration.ofMillis(20),
                        50,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2)));
        deployment = VERTX.deployVerticle(new ServiceNowVerticle(settings, SEAL, timing, InstantSource.system()))
                .await(10, SECONDS);
    }

    private Grant grant() {
        return SEAL.grant(call, customer.sysId(), Instant.now(), Duration.ofMinutes(5));
    }

    private String key(String title) {
        return TicketFiler.key(call, ServiceNowRig.ticket(title));
    }

    private static List<Customer> find(String number) throws TimeoutException {
        return ServiceNowBus.FIND_CUSTOMER
                .send(VERTX, new ServiceNowProtocol.FindCustomer(ServiceNowProtocol.Key.PHONE, new Sensitive(number)))
                .await(10, SECONDS)
                .customers();
    }

    private ServiceNowProtocol.Creation create(String title, int priority) throws TimeoutException {
        var ticket = new NewTicket(
                title, "It does not work", priority, null, "Network", null, "phone", "Said so on the phone", null);
        return ServiceNowBus.CREATE_TICKET
                .send(VERTX, new ServiceNowProtocol.CreateTicket(call, grant(), ticket))
                .await(10, SECONDS);
    }

    private Created created(String title, int priority) throws TimeoutException {
        return (Created) create(title, priority);
    }

    private Ticket read(String number) throws TimeoutException {
        return ServiceNowBus.READ_TICKET
                .send(VERTX, new ServiceNowProtocol.ReadTicket(call, grant(), number))
                .await(10, SECONDS)
                .ticket();
    }

    private ServiceNowProtocol.Updated update(String key, String number, TicketChange change) throws TimeoutException {
        return ServiceNowBus.UPDATE_TICKET
                .send(VERTX, new ServiceNowProtocol.UpdateTicket(call, grant(), key, number, change))
                .await(10, SECONDS);
    }

    private static TicketChange change(int state, @Nullable String code, @Nullable String notes) {
        return new TicketChange(state, null, null, null, null, code, notes, null, null, null, null, null);
    }

    private void waitForEmptyOutbox() throws Exception {
        long end = System.nanoTime() + SECONDS.toNanos(10);
        while (true) {
            try (var files = Files.list(directory.resolve("outbox"))) {
                if (!ledger().records("interaction", "correlation_id", call).isEmpty()
                        && files.noneMatch(file -> file.toString().endsWith(".json"))) {
                    return;
                }
            }
            assertThat(System.nanoTime()).isLessThan(end);
            VERTX.timer(10, MILLISECONDS).await(5, SECONDS);
        }
    }
}
