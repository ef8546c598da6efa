package dev.callbus;

import static dev.callbus.HelpDeskRig.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.callbus.bus.WireTap;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.sandbox.servicenow.platform.Operation;
import dev.callbus.servicenow.ServiceNowProtocol;
import dev.callbus.servicenow.ServiceNowTiming;
import dev.callbus.servicenow.table.TableTiming;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever ServiceNow does to requests, and whenever callers cut in or hang up: each ticket that was asked for is there once, so is the record of
 * each call, and nothing is said of a ticket that isn't so.
 */
class ExactlyOnceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Set<String> calls = ConcurrentHashMap.newKeySet();
    private final Set<String> handedOver = ConcurrentHashMap.newKeySet();
    private final Queue<String> untrue = new ConcurrentLinkedQueue<>();

    @Test
    void eachTicketAndEachRecordIsThereOnceAndWhatIsSaidIsTrue(@TempDir Path outbox) throws Exception {
        var soak = Soak.of("exactly once", 80);
        try (var desk = new HelpDeskRig(outbox, timing())) {
            WireTap.open(desk.vertx, this::noteOrder);
            var words = new TicketWords(desk.serviceNow.ledger(), untrue);
            desk.model(new ParrotModel(words::of));
            try (var weather = new RoughWeather(desk, new Random(soak.seed()))) {
                soak.run((index, number, chance) -> {
                    var caller = await(desk.call(number));
                    calls.add(caller.sid);
                    new TicketCaller(desk, caller, weather, chance).spend("wish " + Soak.word(index));
                });
            }
            await(drained(desk, outbox));
            check(desk.serviceNow.ledger());
        }
    }

    private void noteOrder(Object message) {
        if (message instanceof ServiceNowProtocol.CreateTicket order) {
            handedOver.add(order.ticket().shortDescription().replaceAll("[^a-z ]", ""));
        }
    }

    private Future<Void> drained(HelpDeskRig desk, Path outbox) {
        return Soak.until(
                        desk.vertx,
                        () -> isEmpty(outbox)
                                && inserts(desk.serviceNow.ledger(), "interaction")
                                                .size()
                                        >= calls.size(),
                        PATIENCE)
                .recover(
                        cause -> Future.failedFuture(new AssertionError("not all was filed: " + names(outbox), cause)));
    }

    private static boolean isEmpty(Path outbox) {
        return names(outbox).isEmpty();
    }

    private static List<String> names(Path outbox) {
        var names = outbox.toFile().list((directory, name) -> name.endsWith(".json"));
        return names == null ? List.of() : List.of(names);
    }

    private static List<Ledger.Entry> inserts(Ledger ledger, String table) {
        return ledger.entries(table).stream()
                .filter(entry -> entry.operation() == Operation.INSERT)
                .toList();
    }

    private void check(Ledger ledger) {
        assertThat(untrue).isEmpty();
        var incidents = inserts(ledger, "incident");
        assertThat(counts(incidents, "short_description"))
                .as("tickets by short description")
                .containsOnlyKeys(handedOver)
                .allSatisfy((wish, times) -> assertThat(times).isOne());
        assertThat(counts(incidents, "correlation_id").values()).containsOnly(1L);
        assertThat(counts(inserts(ledger, "interaction"), "correlation_id"))
                .as("records of calls")
                .containsOnlyKeys(calls)
                .allSatisfy((call, times) -> assertThat(times).isOne());
        for (var call : calls) {
            checkRecord(ledger, call, incidents);
        }
        System.out.printf(
                "%d calls, %d tickets, %d writes%n",
                calls.size(), incidents.size(), ledger.entries().size());
    }

    private static void checkRecord(Ledger ledger, String call, List<Ledger.Entry> incidents) {
        var interaction =
                ledger.records("interaction", "correlation_id", call).getFirst().getOrDefault("sys_id", "");
        assertThat(ledger.attachments(interaction))
                .as("transcripts of %s", call)
                .hasSize(1);
        var tickets = incidents.stream()
                .filter(entry -> entry.correlationId().startsWith(call))
                .map(Ledger.Entry::sysId)
                .toList();
        assertThat(ledger.records("interaction_related_record", "interaction", interaction))
                .as("links of %s", call)
                .extracting(link -> link.get("document_id"))
                .containsExactlyInAnyOrderElementsOf(tickets);
        for (var ticket : tickets) {
            assertThat(ledger.journal(ticket))
                    .as("notes about %s on its ticket", call)
                    .filteredOn(note -> note.text().startsWith("Phone call " + call))
                    .hasSize(1);
        }
    }

    private static Map<String, Long> counts(List<Ledger.Entry> entries, String field) {
        return entries.stream()
                .collect(
                        Collectors.groupingBy(entry -> entry.changes().getOrDefault(field, ""), Collectors.counting()));
    }

    /** An instance that has a request done within two seconds or never; a service that waits a fraction of that. */
    private static ServiceNowTiming timing() {
        var standard = ServiceNowTiming.standard(Duration.ofMillis(800));
        return new ServiceNowTiming(
                Duration.ofMillis(2500),
                standard.files(),
                Duration.ofSeconds(8),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                standard.choices(),
                new TableTiming(
                        Duration.ofMillis(800),
                        Duration.ofMillis(20),
                        6,
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1)));
    }

    /** A caller who proves who he is, wants a ticket and is impatient about it. */
    private static final class TicketCaller {
        private static final Map<String, Semaphore> verifying = new ConcurrentHashMap<>();
        private static final int MOST_TRIES = 300;

        private final HelpDeskRig desk;
        private final HelpDeskRig.Caller caller;
        private final RoughWeather weather;
        private final Random chance;

        @SuppressWarnings("JdkObsolete") // written on an event loop, read here
        private final StringBuffer heard = new StringBuffer();

        @SuppressWarnings("JdkObsolete")
        TicketCaller(HelpDeskRig desk, HelpDeskRig.Caller caller, RoughWeather weather, Random chance) {
            this.desk = desk;
            this.caller = caller;
            this.weather = weather;
            this.chance = chance;
            caller.listens(heard::append);
        }

        void spend(String wish) throws Exception {
            insist("lookup-customer {}", "Tool done.", "Tool failed.");
            verifying
                    .computeIfAbsent(caller.number, number -> new Semaphore(1, true))
                    .acquire();
            try {
                verify();
            } finally {
                verifying.get(caller.number).release();
            }
            weather.strike(chance);
            ask(wish);
            if (chance.nextInt(10) == 0) {
                weather.strike(chance);
                ask(wish + " too");
            }
            await(caller.hangsUp());
        }

        private void verify() throws Exception {
            insist("send-verification {\"to\":\"" + caller.ending() + "\"}", "Tool done.", "Tool failed.");
            int from = heard.length();
            await(caller.keysCode());
            hears("Tool done.", "Tool failed.", from);
        }

        private void ask(String wish) throws Exception {
            var order = "create-servicenow-ticket {\"shortDescription\":\"" + wish + "\"}";
            switch (chance.nextInt(8)) {
                case 0 -> insistOn(order, wish);
                case 1 -> insistOn("twice " + order, wish);
                case 2 -> insistOn("again " + order, wish);
                case 3 -> {
                    insistOn("twice " + order, wish);
                    insistOn(order.replace("\"}", "!\"}"), wish);
                }
                case 4 -> {
                    cutIn(order);
                    caller.interrupts();
                    insistOn(order, wish);
                }
                case 5 -> {
                    cutIn("twice " + order);
                    caller.blurts("are you still there");
                    insistOn("again " + order, wish);
                }
                case 6 -> cutIn(order); // and hangs up
                default -> {
                    cutIn(order);
                    caller.interrupts();
                    cutIn("again " + order);
                }
            }
        }

        private void cutIn(String words) throws Exception {
            caller.blurts(words);
            pause(chance.nextInt(4) == 0 ? 700 : 60);
        }

        private void insistOn(String words, String wish) throws Exception {
            insist(words, "for " + wish + ".", "Refused.");
        }

        /** Says it until it is answered like this. */
        private void insist(String words, String good, String bad) throws Exception {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                int from = heard.length();
                caller.blurts(words);
                hears(good, bad, from);
                if (heard.indexOf(good, from) >= 0) {
                    return;
                }
                pause(400);
            }
            fail("never \"" + good + "\" but " + heard);
        }

        private void hears(String good, String bad, int from) throws Exception {
            await(Soak.until(
                    desk.vertx,
                    () -> heard.indexOf(good, from) >= 0 || heard.indexOf(bad, from) >= 0,
                    Duration.ofSeconds(18)));
        }

        private void pause(int most) throws Exception {
            await(desk.vertx.timer(1 + chance.nextInt(most), TimeUnit.MILLISECONDS));
        }
    }
}
