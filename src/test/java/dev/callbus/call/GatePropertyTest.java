package dev.callbus.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.Sensitive;
import dev.callbus.config.Secret;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import dev.callbus.servicenow.Contact;
import dev.callbus.servicenow.Customer;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.verify.Grant;
import dev.callbus.verify.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** What holds of codes and grants whatever callers, models and tools do: 300 calls of 200 random steps each. */
class GatePropertyTest {
    private static final int STEPS = 200;
    private static final Seal SEAL = new Seal(new Secret("a key for tests"));
    private static final List<Customer> CUSTOMERS = List.of(customer("sys1"), customer("sys2"));

    @Property(tries = 300, seed = "26", shrinking = ShrinkingMode.OFF)
    void noSequenceLetsACodeOutOrAnybodyIn(@ForAll long seed) {
        var world = new World(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
    }

    private static Customer customer(String sysId) {
        return new Customer(sysId, "A", "A B", List.of(new Contact("mobile", new Sensitive("+15550001142"))), 1);
    }

    /** A call, and what it may know by the tools' results that it was given. */
    private static final class World {
        private static final List<String> TOOLS =
                List.of("lookup-customer", "send-verification", "check-verification", "create-servicenow-ticket", "c");

        private final Random random;
        private final CallScript call = CallScript.call();
        private final List<CallEffect.RunTool> running = new ArrayList<>();
        private final List<Grant> granted = new ArrayList<>();
        private final Set<String> keyed = new HashSet<>();
        private int seen;
        private int asks;
        private int sendings;
        private boolean expected;
        private int codes;

        World(Random random) {
            this.random = random;
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0 -> call.prompt("words");
                case 1 -> call.interrupt("");
                case 2 -> call.pass(Duration.ofSeconds(random.nextInt(4)));
                case 3 -> key();
                case 4, 5 -> callTools();
                case 6 -> toolReturns();
                default -> {
                    if (!call.asks().isEmpty()) {
                        call.answers("Well.");
                    }
                }
            }
            check();
        }

        /** Each code is another one, so that it is known by its digits. */
        private void key() {
            var digits = String.format("%06d", 600_000 + codes++ * 37).substring(0, random.nextInt(3) == 0 ? 4 : 6);
            if (!expected && sendings == 0) {
                return; // ordinary input, which a model reads
            }
            keyed.add(digits);
            keyed.add(String.join(" ", digits.split("", -1)).strip());
            call.keys(digits);
        }

        private void callTools() {
            if (call.asks().isEmpty()) {
                return;
            }
            var calls = new ArrayList<ToolCall>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                calls.add(new ToolCall("", TOOLS.get(random.nextInt(TOOLS.size())), "{}", null));
            }
            call.on(new CallInput.Model(call.lastRequest(), new ModelEvent.ToolCalls(calls, null)));
        }

        private void toolReturns() {
            if (running.isEmpty()) {
                return;
            }
            var run = running.remove(random.nextInt(running.size()));
            var outcome = outcome(run);
            if (run.call().name().equals("send-verification")) {
                sendings--;
                expected |= outcome.success();
            }
            for (var action : outcome.actions()) {
                if (action instanceof ToolOutcome.CodeUnderway) {
                    expected = true;
                } else if (action instanceof ToolOutcome.Challenged(var challenge)) {
                    expected = challenge != null;
                } else if (action instanceof ToolOutcome.Admitted(var grant)) {
                    granted.add(grant);
                    expected = false;
                }
            }
            call.on(new CallInput.ToolReturned(run.request(), run.call().id(), outcome));
        }

        private ToolOutcome outcome(CallEffect.RunTool run) {
            var customer = CUSTOMERS.get(random.nextInt(2));
            return switch (run.call().name()) {
                case "lookup-customer" ->
                    new ToolOutcome(
                            true,
                            "{}",
                            List.of(new ToolOutcome.Identified(
                                    random.nextInt(4) == 0 ? null : customer,
                                    random.nextBoolean() ? Standing.Source.LINE : Standing.Source.CLAIM)));
                case "send-verification" -> sending(run.standing().customer());
                case "check-verification" -> checking(run.standing());
                default -> new ToolOutcome(true, "{}", List.of());
            };
        }

        private ToolOutcome sending(@Nullable Customer customer) {
            return switch (random.nextInt(4)) {
                case 0 -> new ToolOutcome(false, "{}", List.of());
                case 1 -> new ToolOutcome(false, "{}", List.of(new ToolOutcome.CodeUnderway()));
                default ->
                    new ToolOutcome(
                            true,
                            "{}",
                            customer == null
                                    ? List.of()
                                    : List.of(new ToolOutcome.Challenged(SEAL.challenge(
                                            "CA1", customer.sysId(), "VE1", 6, now(), Duration.ofMinutes(10)))));
            };
        }

        private ToolOutcome checking(Standing standing) {
            var challenge = standing.challenge();
            if (standing.code() == null || challenge == null) {
                return new ToolOutcome(false, "{}", List.of());
            }
            return switch (random.nextInt(3)) {
                case 0 -> new ToolOutcome(false, "{}", List.of(new ToolOutcome.Challenged(null)));
                case 1 -> new ToolOutcome(false, "{}", List.of());
                default ->
                    new ToolOutcome(
                            true,
                            "{}",
                            List.of(new ToolOutcome.Admitted(SEAL.grant(
                                    "CA1", challenge.customer(), now(), Duration.ofSeconds(1 + random.nextInt(20))))));
            };
        }

        private void check() {
            var runs = call.of(CallEffect.RunTool.class);
            for (var run : runs.subList(seen, runs.size())) {
                running.add(run);
                sendings += run.call().name().equals("send-verification") ? 1 : 0;
                if (!run.call().name().equals("check-verification")) {
                    assertThat(run.standing().code())
                            .as("a code for %s", run.call().name())
                            .isNull();
                }
                assertThat(run.call().arguments()).isEqualTo("{}");
                var customer = run.standing().customer();
                var grant = run.standing().grant();
                var challenge = run.standing().challenge();
                if (grant != null) {
                    assertThat(granted).contains(grant);
                    assertThat(customer).isNotNull().extracting(Customer::sysId).isEqualTo(grant.customer());
                }
                if (challenge != null) {
                    assertThat(customer).isNotNull().extracting(Customer::sysId).isEqualTo(challenge.customer());
                }
            }
            seen = runs.size();
            for (var ask : call.asks().subList(asks, call.asks().size())) {
                if (ask.verified()) {
                    assertThat(granted).as("grants that hold").anyMatch(grant -> before().isBefore(grant.expiresAt()));
                }
            }
            asks = call.asks().size();
            var told = call.messages().toString();
            assertThat(keyed).as("digits of codes that a model sees").noneMatch(told::contains);
        }

        private Instant now() {
            return Instant.parse("2026-11-21T10:00:00Z").plus(call.elapsed());
        }

        /** A step passes three seconds at most, so that what was asked in it was asked after this. */
        private Instant before() {
            return now().minusSeconds(3);
        }
    }
}
