package dev.callbus.twilio;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.time.LoopTime;
import dev.callbus.twilio.RestFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The placing of calls, each at most once although the API has no idempotency key: when Twilio's answer is lost, the account's calls show
 * whether it was placed. It blocks; two calls on one {@link Line} must not be placed at the same time, else they could be mistaken for
 * one another.
 */
final class CallPlacement {
    private static final Logger log = LoggerFactory.getLogger(CallPlacement.class);

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Map<String, Instant> claimed = new ConcurrentHashMap<>();
    private final Map<Line, Instant> unsettled = new ConcurrentHashMap<>();
    private final Function<Deadline, CallRest> rest;
    private final Duration look;

    /** @param look the time between two looks at the account's calls */
    CallPlacement(Function<Deadline, CallRest> rest, Duration look) {
        this.rest = rest;
        this.look = look;
    }

    /** The two numbers of a call. */
    record Line(String to, String from) {}

    /** Places the call; throws {@link BusException} or {@link RestFailure}. */
    TwilioProtocol.Placed place(TwilioProtocol.PlaceCall call, Deadline deadline) {
        var began = LoopTime.now();
        forget(began);
        try {
            var placed = rest.apply(deadline.half()).create(call);
            claimed.put(placed.callSid(), began);
            log.info("call placed [call: {}]", placed.callSid());
            return placed;
        } catch (RestFailure e) {
            if (e.isCertain()) {
                throw e;
            }
            log.warn("whether a call was placed is not known, looking [status: {}]", e.status());
            return search(new Line(call.to(), call.from()), began, e.kind(), deadline);
        }
    }

    private TwilioProtocol.Placed search(Line line, Instant began, Kind failure, Deadline deadline) {
        try {
            var found = look(line, began, deadline);
            if (found == null && pause(deadline)) {
                found = look(line, began, deadline);
                if (found == null && failure == Kind.FAILED) {
                    throw new BusException(Failure.UNAVAILABLE, "Twilio failed and nothing was placed");
                }
            }
            if (found != null) {
                return found;
            }
        } catch (RestFailure e) {
            log.warn("the account's calls can't be listed [status: {}, code: {}]", e.status(), e.code());
        }
        throw unknown(line);
    }

    /** The call that the lost request made, null if there is none. */
    private TwilioProtocol.@Nullable Placed look(Line line, Instant began, Deadline deadline) {
        var candidates = rest.apply(deadline).placed(line.to(), line.from()).stream()
                .filter(call -> !claimed.containsKey(call.callSid()) && isSince(began.minus(MEMORY), call))
                .toList();
        var recent = candidates.stream()
                .filter(call -> isSince(began.minus(CLOCK_SKEW), call))
                .toList();
        if (recent.size() == 1 && !unsettled.containsKey(line)) {
            var found = recent.getFirst();
            claimed.put(found.callSid(), began);
            log.info("call was placed although the answer was lost [call: {}]", found.callSid());
            return new TwilioProtocol.Placed(found.callSid(), found.status());
        }
        if (!candidates.isEmpty()) {
            throw unknown(line);
        }
        return null;
    }

    /** From now on a strange call on this line may be the one that was given up here. */
    private BusException unknown(Line line) {
        unsettled.put(line, LoopTime.now());
        return new BusException(Failure.BAD_GATEWAY, "Twilio's answer was lost; not known whether the call was placed");
    }

    private boolean pause(Deadline deadline) {
        if (look.compareTo(deadline.left()) >= 0) {
            return false;
        }
        try {
            LoopTime.sleep(look);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void forget(Instant now) {
        for (var memory : List.of(claimed, unsettled)) {
            memory.values().removeIf(since -> since.isBefore(now.minus(MEMORY.multipliedBy(2))));
        }
    }

    private static boolean isSince(Instant time, CallRest.Found call) {
        return call.created() == null || !call.created().isBefore(time);
    }
}
