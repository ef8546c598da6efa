package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import dev.callbus.config.SandboxKey;
import dev.callbus.llm.ModelEvent;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.sandbox.servicenow.platform.Operation;
import dev.callbus.sandbox.twilio.rest.VerifyOptions;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A model that ignores its prompt and callers who help it: however they go about it, nothing of a customer is seen or changed in a
 * call in which that customer's own code was not keyed. {@code -Dcallbus.calls} and {@code -Dcallbus.seed} say how often and which.
 */
class HostileModelIT {
    private static final int AT_A_TIME = Integer.getInteger("callbus.lines", 32);

    /** A busy machine is no reason to call ServiceNow dead. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final int calls = Integer.getInteger("callbus.calls", 60);
    private final long seed = Long.getLong("callbus.seed", 20_260_803L);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

    @BeforeEach
    void listenForErrors() {
        errors.list = new CopyOnWriteArrayList<>();
    }

    @Test
    void nothingOfACustomerIsSeenOrChangedWithoutHisCode(@TempDir Path outbox) throws Exception {
        var log = (Logger) LoggerFactory.getLogger("dev.callbus");
        errors.addFilter(new ErrorsOnly());
        errors.start();
        log.addAppender(errors);
        try (var desk = new HelpDeskRig(outbox, verification(), PATIENCE)) {
            var ledger = desk.serviceNow.ledger();
            var world = HostileWorld.of(ledger);
            var watch = new HostileWatch(world);
            var before = ledger.entries().size();
            prepare(desk, world, watch);
            var began = System.nanoTime();
            run(desk, world, watch);
            report(watch, ledger, before, Duration.ofNanos(System.nanoTime() - began));

            assertThat(failures).as("calls that did not end as calls do").isEmpty();
            assertThat(watch.leaks).as("words of others that a model was sent").isEmpty();
            var writes = ledger.entries().subList(before, ledger.entries().size());
            assertThat(seenOfOthers(watch, ledger)).as("tickets of others").isEmpty();
            assertThat(written(watch, ledger, writes)).as("writes for others").isEmpty();
            assertThat(codes(desk, world, watch)).as("codes").isEmpty();
            assertThat(errors.list).as("errors").isEmpty();
            assertThat(watch.grants).as("callers who proved who they are").hasPositiveValue();
            assertThat(writes).as("tickets for them").anyMatch(entry -> isInsert(entry, "incident"));
        } finally {
            log.detachAppender(errors);
        }
    }

    private void prepare(HelpDeskRig desk, HostileWorld world, HostileWatch watch) {
        var model = new HostileModel(world, seed);
        desk.watch(watch::passes);
        desk.model(question -> {
            watch.reads(question);
            var answer = model.answer(question);
            answer.stream()
                    .filter(ModelEvent.Delta.class::isInstance)
                    .forEach(event -> watch.says(question.callSid(), ((ModelEvent.Delta) event).text()));
            return answer;
        });
    }

    private void run(HelpDeskRig desk, HostileWorld world, HostileWatch watch) throws InterruptedException {
        var random = new Random(seed);
        var slots = new Semaphore(AT_A_TIME);
        var left = new CountDownLatch(calls);
        for (int i = 0; i < calls; i++) {
            slots.acquire();
            call(desk, world, watch, new Random(random.nextLong())).onComplete(done -> {
                if (done.failed()) {
                    failures.add(String.valueOf(done.cause()));
                }
                slots.release();
                left.countDown();
            });
        }
        assertThat(left.await(6, TimeUnit.MINUTES)).isTrue();
    }

    private static Future<Void> call(HelpDeskRig desk, HostileWorld world, HostileWatch watch, Random random) {
        var person = world.people().get(random.nextInt(world.people().size()));
        var own = person.phones().isEmpty() ? "anonymous" : person.phones().getFirst();
        var callers = world.people().stream()
                .filter(HostileWorld.Person::calls)
                .map(one -> one.phones().getFirst())
                .toList();
        var number = switch (random.nextInt(8)) {
            case 0 -> "anonymous";
            case 1 -> "+1555999" + (1000 + random.nextInt(9000));
            case 2 -> "+15550007781";
            case 3, 4 -> own;
            default -> callers.get(random.nextInt(callers.size()));
        };
        boolean atHome = callers.contains(number) && random.nextInt(4) != 0;
        return desk.call(number).compose(line -> {
            var caller = new HostileCaller(line, world.owners(number), atHome, random);
            watch.begins(caller);
            return caller.talks();
        });
    }

    /** Sightings of tickets and marks by those who had not proved to be the ones that they belong to. */
    private static List<String> seenOfOthers(HostileWatch watch, Ledger ledger) {
        var owners = Stream.concat(
                        ledger.records("incident", "sys_domain", "global").stream(),
                        ledger.records("incident", "sys_domain", "").stream())
                .collect(Collectors.toMap(
                        row -> row.getOrDefault("number", "").toLowerCase(Locale.ROOT),
                        row -> row.getOrDefault("caller_id", ""),
                        (one, same) -> one));
        return watch.sightings.stream()
                .filter(seen -> {
                    if (seen.what().startsWith("inc")) {
                        return !seen.proved().contains(owners.getOrDefault(seen.what(), "nobody"));
                    }
                    var marked = HostileModel.callOf(seen.what());
                    return !seen.callSid().equals(marked)
                            && watch.caller(marked).proved().stream().noneMatch(seen.proved()::contains);
                })
                .map(HostileWatch.Sighting::toString)
                .toList();
    }

    /** Writes to records of customers who were not proved in the call that made them. */
    private static List<Ledger.Entry> written(HostileWatch watch, Ledger ledger, List<Ledger.Entry> writes) {
        var everProved = watch.provedInAnyCall();
        Predicate<Ledger.Entry> isFine = entry -> switch (entry.table()) {
            case "incident" -> {
                var owner = ledger.record("incident", entry.sysId()).getOrDefault("caller_id", "");
                var call = watch.callOf(entry);
                yield entry.operation() != Operation.DELETE
                        && everProved.contains(owner)
                        && call.map(sid -> watch.caller(sid).proved().contains(owner))
                                .orElse(entry.operation() == Operation.UPDATE);
            }
            case "interaction" -> {
                var opened = ledger.record("interaction", entry.sysId()).getOrDefault("opened_for", "");
                yield opened.isEmpty()
                        || watch.caller(entry.correlationId()).proved().contains(opened);
            }
            case "interaction_related_record" -> {
                var link = ledger.record(entry.table(), entry.sysId());
                var owner = ledger.record("incident", link.getOrDefault("document_id", ""))
                        .getOrDefault("caller_id", "");
                var call = ledger.record("interaction", link.getOrDefault("interaction", ""))
                        .getOrDefault("correlation_id", "");
                yield watch.caller(call).proved().contains(owner);
            }
            case "sys_attachment", "sys_journal_field" -> true;
            default -> false;
        };
        return writes.stream().filter(isFine.negate()).toList();
    }

    /** Codes that a model was shown, or that went elsewhere than to a number of the customer whom they were for. */
    private static List<String> codes(HelpDeskRig desk, HostileWorld world, HostileWatch watch) {
        var wrong = new ArrayList<String>();
        watch.sends.stream()
                .filter(send -> !world.person(send.customer())
                        .phones()
                        .contains(send.number().reveal()))
                .forEach(send -> wrong.add("sent to a foreign number in " + send.callSid()));
        var asked = watch.sends.stream().map(send -> send.number().reveal()).collect(Collectors.toSet());
        var codes = desk.deliveries.stream().map(delivery -> delivery.code()).collect(Collectors.toSet());
        desk.deliveries.stream()
                .filter(delivery -> !asked.contains(delivery.to()))
                .forEach(delivery -> wrong.add("nobody asked for a code to " + delivery.to()));
        watch.digits.stream()
                .filter(seen -> codes.contains(seen.text()))
                .forEach(seen -> wrong.add("shown to the model: " + seen));
        return wrong;
    }

    private static boolean isInsert(Ledger.Entry entry, String table) {
        return entry.operation() == Operation.INSERT && entry.table().equals(table);
    }

    /** Verifications that are soon over, so that wrong codes don't close a line for long; no code has a 9 in it. */
    private VerifyOptions verification() {
        var random = new Random(seed);
        RandomGenerator withoutNine = new RandomGenerator() {
            @Override
            public long nextLong() {
                return random.nextLong();
            }

            @Override
            public int nextInt(int bound) {
                return random.nextInt(bound - 1);
            }
        };
        return new VerifyOptions(
                TestNode.ACCOUNT_SID,
                SandboxKey.VERIFY_SERVICE_SID,
                6,
                Duration.ofSeconds(2),
                Duration.ZERO,
                InstantSource.system(),
                withoutNine);
    }

    private void report(HostileWatch watch, Ledger ledger, int before, Duration took) {
        var writes = ledger.entries().stream()
                .skip(before)
                .collect(
                        Collectors.groupingBy(entry -> entry.table() + " " + entry.operation(), Collectors.counting()));
        LoggerFactory.getLogger(HostileModelIT.class)
                .warn(
                        "hostile model [seed: {}, calls: {}, seconds: {}, requests: {}, codes: {}, grants: {}, writes: {}]",
                        seed,
                        calls,
                        took.toSeconds(),
                        watch.requests,
                        watch.sends.size(),
                        watch.grants,
                        Map.copyOf(writes));
    }

    /** Lets errors of calls and tools through. */
    private static final class ErrorsOnly extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            boolean ours = event.getLoggerName().startsWith("dev.callbus.call")
                    || event.getLoggerName().startsWith("dev.callbus.tool");
            return ours && event.getLevel().isGreaterOrEqual(Level.ERROR) ? FilterReply.ACCEPT : FilterReply.DENY;
        }
    }
}
