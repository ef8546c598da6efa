package dev.callbus.twilio;

import dev.callbus.bus.Ask;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.Registration;
import dev.callbus.config.TwilioSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Twilio control: everything that is asked of Twilio's REST API. twilio-java blocks, so it runs on threads of its own. A node runs
 * one instance, which knows the calls that it has placed.
 */
public final class TwilioVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(TwilioVerticle.class);

    private static final int THREADS = 16;
    /** Recordings take long and must not hold up calls. */
    private static final int CLERKS = 4;

    private static final long LONGEST_SECONDS = 60;

    private final TwilioSettings settings;
    private final RestTiming timing;
    private final Map<CallPlacement.Line, Future<?>> lines = new HashMap<>();
    private @Nullable RestAccess access;
    private @Nullable WorkerExecutor workers;
    private @Nullable WorkerExecutor clerks;

    public TwilioVerticle(TwilioSettings settings) {
        this(settings, RestTiming.STANDARD);
    }

    TwilioVerticle(TwilioSettings settings, RestTiming timing) {
        this.settings = settings;
        this.timing = timing;
    }

    @Override
    public Future<?> start() {
        var rest = new RestAccess(vertx, settings, timing);
        access = rest;
        workers = vertx.createSharedWorkerExecutor("twilio", THREADS, LONGEST_SECONDS, TimeUnit.SECONDS);
        clerks = vertx.createSharedWorkerExecutor("twilio-records", CLERKS, LONGEST_SECONDS * 2, TimeUnit.SECONDS);
        var placement = new CallPlacement(rest::calls, timing.look());
        return Future.all(serveCalls(rest, placement), serveSync(rest), serveVerify(rest), serveRecords(rest));
    }

    @Override
    public Future<?> stop() {
        if (access != null) {
            access.close();
        }
        return Future.join(close(workers), close(clerks));
    }

    private static Future<Void> close(@Nullable WorkerExecutor executor) {
        return executor == null ? Future.succeededFuture() : executor.close();
    }

    private Future<?> serveCalls(RestAccess rest, CallPlacement placement) {
        return Future.all(
                TwilioBus.PLACE.serve(vertx, ask -> inTurn(ask, deadline -> placement.place(ask, deadline))),
                serve(TwilioBus.REDIRECT, rest::calls, (calls, ask) -> {
                    calls.redirect(ask.callSid(), ask.url());
                    return new TwilioProtocol.Done();
                }),
                serve(TwilioBus.END, rest::calls, (calls, ask) -> end(calls, ask.callSid())),
                serve(TwilioBus.MESSAGE, rest::calls, (calls, ask) -> calls.send(ask)));
    }

    private Future<?> serveSync(RestAccess rest) {
        return Future.all(
                serve(
                        TwilioBus.SYNC_ENSURE,
                        rest::sync,
                        (sync, ask) -> new SyncServices(sync, timing.look()).ensure(ask)),
                serve(
                        TwilioBus.SYNC_READ_MAP,
                        rest::sync,
                        (sync, ask) -> new TwilioProtocol.SyncItems(sync.items(ask.serviceSid(), ask.map()))),
                serve(TwilioBus.SYNC_WRITE_ITEM, rest::sync, TwilioVerticle::write),
                serve(TwilioBus.SYNC_DELETE_ITEM, rest::sync, (sync, ask) -> {
                    sync.deleteItem(ask.serviceSid(), ask.map(), ask.key(), ask.revision());
                    return new TwilioProtocol.Done();
                }),
                serve(
                        TwilioBus.SYNC_READ_DOCUMENT,
                        rest::sync,
                        (sync, ask) -> sync.document(ask.serviceSid(), ask.document())),
                serve(
                        TwilioBus.SYNC_WRITE_DOCUMENT,
                        rest::sync,
                        (sync, ask) ->
                                sync.updateDocument(ask.serviceSid(), ask.document(), ask.data(), ask.revision())));
    }

    private Future<?> serveVerify(RestAccess rest) {
        Function<Deadline, Verifications> verifications = deadline -> new Verifications(rest::verify, deadline);
        return Future.all(
                serve(TwilioBus.VERIFY_START, verifications, Verifications::start),
                serve(TwilioBus.VERIFY_CHECK, verifications, Verifications::check));
    }

    private Future<?> serveRecords(RestAccess rest) {
        return Future.all(
                serve(
                        TwilioBus.TRANSCRIPT,
                        rest::records,
                        (records, ask) -> new CallRecords(records).transcript(ask.transcriptSid())),
                TwilioBus.RECORDING.serve(vertx, ask -> {
                    var deadline = deadline(TwilioBus.RECORDING);
                    return work(
                            clerks,
                            TwilioBus.RECORDING,
                            deadline,
                            () -> new CallRecords(rest.records(deadline)).recording(ask.recordingSid()));
                }));
    }

    private <V, Q extends TwilioProtocol, A extends TwilioProtocol> Future<Registration> serve(
            Ask<Q, A> address, Function<Deadline, V> vendor, BiFunction<V, Q, A> answer) {
        return address.serve(vertx, ask -> {
            var deadline = deadline(address);
            return work(address, deadline, () -> answer.apply(vendor.apply(deadline), ask));
        });
    }

    /** Places calls on the same line one after the other: a lost one could be mistaken for the next. */
    private Future<TwilioProtocol.Placed> inTurn(
            TwilioProtocol.PlaceCall ask, Function<Deadline, TwilioProtocol.Placed> place) {
        var line = new CallPlacement.Line(ask.to(), ask.from());
        var deadline = deadline(TwilioBus.PLACE);
        Future<?> before = lines.getOrDefault(line, Future.succeededFuture());
        Future<TwilioProtocol.Placed> turn =
                before.transform(done -> work(TwilioBus.PLACE, deadline, () -> place.apply(deadline)));
        lines.put(line, turn);
        return turn.onComplete(done -> lines.remove(line, turn));
    }

    private Deadline deadline(Ask<?, ?> address) {
        return Deadline.in(address.timeout().minus(timing.margin()));
    }

    private <A> Future<A> work(Ask<?, ?> address, Deadline deadline, Supplier<A> job) {
        return work(workers, address, deadline, job);
    }

    private static <A> Future<A> work(
            @Nullable WorkerExecutor threads, Ask<?, ?> address, Deadline deadline, Supplier<A> job) {
        if (threads == null) {
            throw new IllegalStateException("not started");
        }
        return threads.executeBlocking(() -> attempt(address, deadline, job), false);
    }

    /** Does the job, unless the asker has given up waiting. */
    private static <A> A attempt(Ask<?, ?> address, Deadline deadline, Supplier<A> job) {
        if (deadline.isOver()) {
            throw new BusException(Failure.UNAVAILABLE, "Twilio is slow: this was never asked, nothing was done");
        }
        try {
            return job.get();
        } catch (RestFailure e) {
            log.warn(
                    "Twilio request failed [ask: {}, kind: {}, status: {}, code: {}]",
                    address.address(),
                    e.kind(),
                    e.status(),
                    e.code());
            throw e.toBus();
        }
    }

    /** Ends the call; one that is over by itself is ended too. */
    private static TwilioProtocol.Done end(CallRest calls, String callSid) {
        try {
            calls.complete(callSid);
        } catch (RestFailure e) {
            if (e.status() == 404 || e.status() == 429 || !isOver(calls, callSid)) {
                throw e;
            }
        }
        return new TwilioProtocol.Done();
    }

    /** Whether the call is known to be over. */
    private static boolean isOver(CallRest calls, String callSid) {
        try {
            return switch (calls.status(callSid)) {
                case "completed", "busy", "failed", "no-answer", "canceled" -> true;
                default -> false;
            };
        } catch (RestFailure e) {
            return false;
        }
    }

    private static TwilioProtocol.SyncItem write(SyncRest sync, TwilioProtocol.WriteSyncItem ask) {
        return ask.revision() == null
                ? sync.createItem(ask.serviceSid(), ask.map(), ask.key(), ask.data())
                : sync.updateItem(ask.serviceSid(), ask.map(), ask.key(), ask.data(), ask.revision());
    }
}
