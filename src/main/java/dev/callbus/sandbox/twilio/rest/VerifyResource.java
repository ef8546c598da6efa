package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Twilio Verify: one service, its verifications and their checks.
 *
 * <p>Source: twilio.com/docs/verify/api/verification, twilio.com/docs/verify/api/verification-check, twilio.com/docs/api/errors
 */
public final class VerifyResource implements RestResource {
    private static final String SERVICE = "/v2/Services/:service";
    private static final Set<String> CHANNELS = Set.of("sms", "call", "whatsapp");
    private static final int INVALID = 60200;

    private final VerifyOptions options;
    private final Consumer<Delivery> phones;
    private final VerifyJson json;
    private final VerifyStore store;
    private final RestFaults faults = new RestFaults();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** @param phones told of each code that arrives, on an event loop */
    public VerifyResource(VerifyOptions options, Consumer<Delivery> phones) {
        this.options = options;
        this.phones = phones;
        this.json = new VerifyJson(options.accountSid(), options.serviceSid());
        this.store = new VerifyStore(options.life());
    }

    /**
     * A code that arrives at a phone.
     *
     * @param channel {@code sms}, {@code call} or {@code whatsapp}
     */
    public record Delivery(String to, String channel, String code) {

        @Override
        public String toString() {
            return "Delivery[channel=" + channel + "]";
        }
    }

    /** Orders troubles for the next requests. */
    public RestFaults faults() {
        return faults;
    }

    @Override
    public void mount(Router router) {
        mount(router, HttpMethod.POST, "/Verifications", this::start);
        mount(router, HttpMethod.GET, "/Verifications/:key", routing -> locked(routing, this::fetch));
        mount(router, HttpMethod.POST, "/Verifications/:key", routing -> locked(routing, this::update));
        mount(router, HttpMethod.POST, "/VerificationCheck", this::check);
    }

    private void mount(Router router, HttpMethod method, String path, Consumer<RoutingContext> handler) {
        router.route(method, SERVICE + path)
                .handler(this::admit)
                .handler(faults::meet)
                .handler(handler::accept);
    }

    private void admit(RoutingContext routing) {
        if (!options.serviceSid().equals(routing.pathParam("service"))) {
            throw notFound(routing);
        }
        routing.next();
    }

    private void start(RoutingContext routing) {
        var form = form(routing);
        var to = demanded(form, "To");
        var channel = demanded(form, "Channel");
        if (channel.equals("email")) {
            throw new RestError(400, 60217, "A Mailer must be associated with the service");
        } else if (!CHANNELS.contains(channel)) {
            throw invalid("Channel");
        } else if (!MessageForm.isPhone(to)) {
            throw new RestError(400, INVALID, "Invalid parameter `To`: " + to);
        }
        alone(routing, to, now -> {
            var verification = store.ofNumber(to, now).orElseGet(() -> new Verification(to, options.code(), now));
            verification.send(channel, now);
            store.add(verification);
            RestReply.send(routing, 201, json.verification(verification));
            phones.accept(new Delivery(to, channel, verification.code()));
        });
    }

    private void check(RoutingContext routing) {
        var form = form(routing);
        var code = demanded(form, "Code");
        var sid = form.text("VerificationSid");
        var to = form.text("To");
        if (code.length() < 4 || code.length() > 10) {
            throw invalid("Code");
        } else if (sid == null && to == null) {
            throw invalid("To");
        }
        alone(routing, number(sid, to), now -> {
            var verification = find(routing, sid == null ? String.valueOf(to) : sid, now);
            if (!verification.isPending() && !verification.isExhausted()) {
                throw notFound(routing);
            }
            verification.check(code, now);
            if (!verification.isPending()) {
                store.delete(verification);
            }
            RestReply.send(routing, 201, json.check(verification));
        });
    }

    private void fetch(RoutingContext routing, Instant now) {
        var verification = find(routing, routing.pathParam("key"), now);
        verification.look(now);
        RestReply.send(routing, 200, json.verification(verification));
    }

    private void update(RoutingContext routing, Instant now) {
        var status = demanded(form(routing), "Status");
        if (!Set.of("canceled", "approved").contains(status)) {
            throw invalid("Status");
        }
        var verification = find(routing, routing.pathParam("key"), now);
        if (!verification.isPending()) {
            throw notFound(routing);
        }
        verification.move(status, now);
        if (status.equals("approved")) {
            store.delete(verification);
        }
        RestReply.send(routing, 200, json.verification(verification));
    }

    private Verification find(RoutingContext routing, String key, Instant now) {
        var found = Sid.isOne(key) ? store.ofSid(key, now) : store.ofNumber(key, now);
        return found.orElseThrow(() -> notFound(routing));
    }

    /** What a check is about: the number, or the SID if that is nobody's. */
    private synchronized String number(@Nullable String sid, @Nullable String to) {
        if (sid == null) {
            return String.valueOf(to);
        }
        return store.ofSid(sid, options.clock().instant()).map(Verification::to).orElse(sid);
    }

    /** Does it in the time that it takes; what comes meanwhile about the same number is refused. */
    private void alone(RoutingContext routing, String number, Consumer<Instant> work) {
        if (!underWay.add(number)) {
            throw new RestError(429, 60212, "Too many concurrent requests for phone number");
        }
        Runnable job = () -> {
            try {
                locked(routing, (same, now) -> work.accept(now));
            } finally {
                underWay.remove(number);
            }
        };
        if (options.takes().isZero()) {
            job.run();
        } else {
            routing.vertx().setTimer(options.takes().toMillis(), due -> {
                try {
                    job.run();
                } catch (RestError e) {
                    routing.fail(e);
                }
            });
        }
    }

    private synchronized void locked(RoutingContext routing, Work work) {
        work.accept(routing, options.clock().instant());
    }

    private static Form form(RoutingContext routing) {
        return new Form(routing.request().formAttributes());
    }

    private static String demanded(Form form, String name) {
        var value = form.text(name);
        if (value == null) {
            throw new RestError(400, 20001, "Missing required parameter " + name + " in the post body");
        }
        return value;
    }

    private static RestError invalid(String parameter) {
        return new RestError(400, INVALID, "Invalid parameter: " + parameter);
    }

    /** Verify names its paths without their version. */
    private static RestError notFound(RoutingContext routing) {
        var path = routing.request().path().replaceFirst("^/v2", "");
        return new RestError(404, 20404, "The requested resource " + path + " was not found");
    }

    private interface Work {
        void accept(RoutingContext routing, Instant now);
    }
}
