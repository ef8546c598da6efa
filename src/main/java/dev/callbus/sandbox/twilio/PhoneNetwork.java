package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A phone network that does to a server what Twilio does when somebody calls one of its numbers. */
public final class PhoneNetwork {
    private static final long GOODBYE_SECONDS = 5;
    private static final int MOST_RECORDS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final PhoneNetworkOptions options;
    private final WebhookClient webhooks;
    private final RelayDialler dialler;
    private final Set<PhoneCall> calls = ConcurrentHashMap.newKeySet();
    private final Map<String, Line> lines = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
            return size() > MOST_RECORDS;
        }
    });
    private final Map<String, Callee> callees = new ConcurrentHashMap<>();
    private long nextTurn = System.nanoTime();

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
        var call = keep(record, new PhoneCall(context, flow, identity.callSid()));
        var answered = Future.<Void>future(promise -> context.runOnContext(v -> {
            flow.events().add(listener);
            flow.begin().onComplete(promise);
        }));
        return answered.map(call);
    }

    /** Has calls to a number answered by this one; others are answered by a polite person. */
    public void register(String number, Callee callee) {
        callees.put(number, callee);
    }

    /** Places a call of the account; it is dialled when its turn comes, one a second. */
    public CallRecord place(OutboundCall order) {
        var context = vertx.getOrCreateContext();
        var identity = CallIdentity.outbound(options.accountSid(), order.from(), order.to());
        var record = new CallRecord(identity, CallStatus.QUEUED, untilItsTurn());
        var flow = new CallFlow(vertx, options, webhooks, dialler, record, new EventFeed());
        var line = keep(record, new PhoneCall(context, flow, identity.callSid()));
        var callee = callees.getOrDefault(order.to(), Callee.polite(PATIENCE));
        var outbound = new OutboundFlow(vertx, options.times(), webhooks, flow, record, order, callee, line);
        context.runOnContext(v -> outbound.begin());
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

    /** Has an answered call go on with another document. */
    public void redirect(String callSid, URI url, String method) {
        line(callSid).redirect(url, method);
    }

    /** Has an answered call go on with this document. */
    public void redirect(String callSid, String twiml) {
        line(callSid).redirect(twiml);
    }

    /** Ends a call, with {@link CallStatus#CANCELED} before it was answered. */
    public void end(String callSid, CallStatus how) {
        line(callSid).end(how);
    }

    private PhoneCall line(String callSid) {
        var line = lines.get(callSid);
        if (line == null) {
            throw new IllegalArgumentException("there is no call " + callSid);
        }
        return line.call;
    }

    private PhoneCall keep(CallRecord record, PhoneCall call) {
        calls.add(call);
        lines.put(call.callSid(), new Line(record, call));
        call.ended().onComplete(ended -> calls.remove(call));
        return call;
    }

    /** Twilio dials one call a second. */
    private synchronized Duration untilItsTurn() {
        long now = System.nanoTime();
        long turn = Math.max(now, nextTurn);
        nextTurn = turn + options.times().twimlSecond().toNanos();
        return Duration.ofNanos(turn - now);
    }

    /** Hangs up all calls, with what is due to the server, and closes. */
    public Future<Void> close() {
        var over = calls.stream().map(PhoneCall::ended).toList();
        calls.forEach(PhoneCall::hangUp);
        return Future.join(over)
                .timeout(GOODBYE_SECONDS, TimeUnit.SECONDS)
                .eventually(() -> Future.join(webhooks.close(), dialler.close()))
                .mapEmpty();
    }

    /** A call and what is known of it. */
    private record Line(CallRecord record, PhoneCall call) {}
}
