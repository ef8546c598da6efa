package dev.callbus.sandbox.twilio;

import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A phone network that does to a server what Twilio does when somebody calls one of its numbers or it calls somebody. */
public final class PhoneNetwork {
    private static final long GOODBYE_SECONDS = 5;
    private static final int MOST_RECORDS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final PhoneNetworkOptions options;
    private final WebhookClient webhooks;
    private final RelayDialler dialler;
    private final Map<PhoneCall, Future<?>> calls = new ConcurrentHashMap<>();
    private final Map<String, Line> lines = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
            return size() > MOST_RECORDS;
        }
    });
    private final Map<String, Callee> callees = new ConcurrentHashMap<>();
    private volatile Callee others = Callee.polite(PATIENCE);
    private long nextTurn = LoopTime.nanos();

    public PhoneNetwork(Vertx vertx, PhoneNetworkOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.webhooks = new WebhookClient(vertx, options);
        this.dialler = new RelayDialler(vertx, options);
    }

    /** Dials a number; listeners of the call get what happened before they were added, too. */
    public Future<PhoneCall> dial(String from, String to) {
        return dial(from, to, event -> {});
    }

    /**
     * Dials a number. The call is answered once a relay session is up or something else speaks; it fails, with Twilio's
     * error code, when the server can't be reached or says what Twilio doesn't accept.
     *
     * @param listener gets everything that happens on the line, on the call's context
     */
    public Future<PhoneCall> dial(String from, String to, Consumer<PhoneEvent> listener) {
        var context = vertx.getOrCreateContext();
        var identity = CallIdentity.inbound(options.accountSid(), from, to);
        var record = new CallRecord(identity, CallStatus.RINGING, Duration.ZERO);
        var flow = new CallFlow(vertx, options, webhooks, dialler, record, new EventFeed());
        var call = new PhoneCall(context, flow, options.times(), identity.callSid());
        keep(record, call, call.ended());
        var answered = Future.<Void>future(promise -> context.runOnContext(v -> {
            flow.events().add(listener);
            flow.begin().onComplete(promise);
        }));
        return answered.map(call);
    }

    /** Has the account's calls to a number answered by this one. */
    public void register(String number, Callee callee) {
        callees.put(number, callee);
    }

    /** Has the account's calls to all other numbers answered by this one; by default it is a polite person. */
    public void registerOthers(Callee callee) {
        others = callee;
    }

    /** Places a call of the account, whose record is known at once; it is dialled when its turn comes, by default one a second. */
    public CallRecord place(OutboundCall order) {
        var context = vertx.getOrCreateContext();
        var identity = CallIdentity.outbound(options.accountSid(), order.from(), order.to());
        var record = new CallRecord(identity, CallStatus.QUEUED, untilItsTurn());
        var flow = new CallFlow(vertx, options, webhooks, dialler, record, new EventFeed());
        var outbound = new OutboundFlow(options.times(), webhooks, flow, record, order);
        var line = new PhoneCall(context, flow, options.times(), identity.callSid());
        keep(record, line, outbound.over());
        context.runOnContext(v -> outbound.begin(callees.getOrDefault(order.to(), others), line));
        return record;
    }

    /** The calls that are up and that were, the oldest first. */
    public List<CallRecord> records() {
        synchronized (lines) {
            return lines.values().stream().map(Line::record).toList();
        }
    }

    /** A call by its SID. */
    public Optional<CallRecord> find(String callSid) {
        return Optional.ofNullable(lines.get(callSid)).map(Line::record);
    }

    /** Has an answered call go on with another document; fails with an {@link IllegalStateException} if it isn't answered. */
    public Future<Void> redirect(String callSid, URI url, String method) {
        return line(callSid).redirect(url, method);
    }

    /** Has an answered call go on with this document; fails with an {@link IllegalStateException} if it isn't answered. */
    public Future<Void> redirect(String callSid, String twiml) {
        return line(callSid).redirect(twiml);
    }

    /** Ends a call, ringing or answered; fails with an {@link IllegalStateException} if it has ended. */
    public Future<Void> end(String callSid) {
        return line(callSid).end();
    }

    /** Ends a call that is queued or rings; fails with an {@link IllegalStateException} if somebody has picked up. */
    public Future<Void> cancel(String callSid) {
        return line(callSid).cancel();
    }

    private PhoneCall line(String callSid) {
        var line = lines.get(callSid);
        if (line == null) {
            throw new IllegalArgumentException("there is no call " + callSid);
        }
        return line.call;
    }

    /** Remembers a call, and until it is wholly over that it is up. */
    private void keep(CallRecord record, PhoneCall call, Future<?> over) {
        calls.put(call, over);
        lines.put(call.callSid(), new Line(record, call));
        over.onComplete(ended -> calls.remove(call));
    }

    /** Calls of the account are dialled at a steady pace. */
    private synchronized Duration untilItsTurn() {
        long now = LoopTime.nanos();
        long turn = Math.max(now, nextTurn);
        nextTurn = turn + options.times().callInterval().toNanos();
        return Duration.ofNanos(turn - now);
    }

    /** Hangs up all calls, with what is due to the server, and closes. */
    public Future<Void> close() {
        var over = List.copyOf(calls.values());
        calls.keySet().forEach(PhoneCall::hangUp);
        return Future.join(over)
                .timeout(GOODBYE_SECONDS, TimeUnit.SECONDS)
                .eventually(() -> Future.join(webhooks.close(), dialler.close()))
                .mapEmpty();
    }

    /** A call and what is known of it. */
    private record Line(CallRecord record, PhoneCall call) {}
}
