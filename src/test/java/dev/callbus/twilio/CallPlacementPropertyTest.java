package dev.callbus.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.Failure;
import dev.callbus.twilio.PlayedTwilio.Fault;
import dev.callbus.twilio.PlayedTwilio.PlacedCall;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever goes wrong on the way: nothing is placed twice, and an answer is about the asker's own call. */
class CallPlacementPropertyTest {

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void nothingIsPlacedTwice(@ForAll("faults") List<Fault> faults) throws Exception {
        try (var rig = TwilioRig.started()) {
            rig.twilio.faults.addAll(faults);
            var asks = new ArrayList<Future<TwilioProtocol.Placed>>();
            for (int i = 0; i < faults.size(); i++) {
                asks.add(rig.place("https://example.com/" + i));
            }
            Future.join(asks).transform(done -> Future.succeededFuture()).await(25, SECONDS);
            for (int i = 0; i < asks.size(); i++) {
                check(asks.get(i), callsOf(rig, i));
            }
            assertThat(rig.twilio.count("POST", "/Calls.json")).isEqualTo(faults.size());
        }
    }

    private static void check(Future<TwilioProtocol.Placed> ask, List<PlacedCall> calls) {
        assertThat(calls.size()).isLessThanOrEqualTo(1);
        if (ask.succeeded()) {
            assertThat(calls)
                    .extracting(PlacedCall::sid)
                    .containsExactly(ask.result().callSid());
        } else if (Failure.of(ask.cause()) == Failure.UNAVAILABLE) {
            assertThat(calls).isEmpty();
        } else {
            assertThat(Failure.of(ask.cause())).isEqualTo(Failure.BAD_GATEWAY);
        }
    }

    private static List<PlacedCall> callsOf(TwilioRig rig, int ask) {
        return rig.twilio.calls.stream()
                .filter(call -> call.url().equals("https://example.com/" + ask))
                .toList();
    }

    @Provide
    Arbitrary<List<Fault>> faults() {
        return Arbitraries.of(Fault.class)
                .filter(fault -> fault != Fault.BUSY)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
