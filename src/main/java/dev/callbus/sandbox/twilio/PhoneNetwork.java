package dev.callbus.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A phone network that does to a server what Twilio does when somebody calls one of its numbers. */
public final class PhoneNetwork {
    private static final long GOODBYE_SECONDS = 5;

    private final Vertx vertx;
    private final PhoneNetworkOptions options;
    private final WebhookClient webhooks;
    private final RelayDialler dialler;
    private final Set<PhoneCall> calls = ConcurrentHashMap.newKeySet();

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
        var identity = CallIdentity.of(options.accountSid(), from, to);
        var flow = new CallFlow(vertx, options, webhooks, dialler, identity, new EventFeed());
        var call = new PhoneCall(context, flow, identity.callSid());
        calls.add(call);
        flow.ended().onComplete(ended -> calls.remove(call));
        var answered = Future.<Void>future(promise -> context.runOnContext(v -> {
            flow.events().add(listener);
            flow.begin().onComplete(promise);
        }));
        return answered.map(call);
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
}
