package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.CallRecord;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;

/**
 * Twilio's Calls: places calls on the phone network, shows them, redirects and ends them.
 *
 * <p>Source: twilio.com/docs/voice/api/call-resource
 */
public final class CallsResource implements RestResource {
    private static final String LIST = "/2010-04-01/Accounts/:account/Calls.json";
    private static final String ONE = "/2010-04-01/Accounts/:account/Calls/:sid.json";
    private static final int MAX_PAGE = 1000;

    private final String accountSid;
    private final PhoneNetwork network;
    private final Set<String> numbers;
    private final CallJson json;
    private final RateLimits rate;
    private final RestFaults faults = new RestFaults();

    /**
     * The calls of an account.
     *
     * @param numbers the account's numbers, in E.164
     * @param perSecond how many requests a second are accepted
     */
    public CallsResource(String accountSid, PhoneNetwork network, Set<String> numbers, int perSecond) {
        this(accountSid, network, numbers, new RateLimits(perSecond, Duration.ofSeconds(1), LoopTime.clock()));
    }

    /** The calls of an account whose requests are limited so. */
    CallsResource(String accountSid, PhoneNetwork network, Set<String> numbers, RateLimits rate) {
        this.accountSid = accountSid;
        this.network = network;
        this.numbers = Set.copyOf(numbers);
        this.json = new CallJson(accountSid);
        this.rate = rate;
    }

    /** Orders troubles for the next requests. */
    public RestFaults faults() {
        return faults;
    }

    @Override
    public void mount(Router router) {
        mount(router, HttpMethod.POST, LIST, this::create);
        mount(router, HttpMethod.GET, LIST, this::list);
        mount(router, HttpMethod.GET, ONE, routing -> RestReply.send(routing, 200, json.of(found(routing))));
        mount(router, HttpMethod.POST, ONE, this::update);
    }

    private void mount(Router router, HttpMethod method, String path, Handler<RoutingContext> handler) {
        router.route(method, path).handler(this::admit).handler(faults::meet).handler(handler);
    }

    private void admit(RoutingContext routing) {
        if (!routing.pathParam("account").equals(accountSid)) {
            throw new RestError(401, 20003, "Authenticate");
        }
        if (!rate.admits(accountSid)) {
            throw new RestError(429, 20429, "Too Many Requests");
        }
        routing.next();
    }

    private void create(RoutingContext routing) {
        var order = new CallForm(new Form(routing.request().formAttributes())).order(numbers);
        RestReply.send(routing, 201, json.of(network.place(order)));
    }

    private void list(RoutingContext routing) {
        var query = routing.queryParams();
        var paging = Paging.of(query, MAX_PAGE);
        var filter = CallFilter.of(new Form(query));
        var chosen = network.records().stream().filter(filter::holds).toList();
        RestReply.send(routing, 200, json.of(paging.of(chosen, CallsResource::place, Comparator.reverseOrder())));
    }

    /** A call's place in the account's log, which shows the newest first. */
    private static String place(CallRecord call) {
        var created = call.created();
        return "%010d%09d%s".formatted(created.getEpochSecond(), created.getNano(), call.callSid());
    }

    private void update(RoutingContext routing) {
        var call = found(routing);
        var form = new CallForm(new Form(routing.request().formAttributes()));
        update(call.callSid(), form)
                .recover(refused ->
                        Future.failedFuture(new RestError(400, 21220, "Call is not in-progress. Cannot redirect.")))
                .onSuccess(updated -> RestReply.send(routing, 200, json.of(call)))
                .onFailure(routing::fail);
    }

    private Future<Void> update(String callSid, CallForm form) {
        var status = form.status();
        var url = form.url();
        var twiml = form.twiml();
        var method = form.method();
        if (url != null && twiml != null) {
            throw new RestError(400, 20001, "Url and Twiml parameters are mutually exclusive.");
        }
        if (status != null) {
            return status.equals("canceled") ? network.cancel(callSid) : network.end(callSid);
        }
        if (url != null) {
            return network.redirect(callSid, url, method);
        }
        return twiml == null ? Future.succeededFuture() : network.redirect(callSid, twiml);
    }

    private CallRecord found(RoutingContext routing) {
        return network.find(routing.pathParam("sid")).orElseThrow(() -> RestServer.notFound(routing));
    }
}
