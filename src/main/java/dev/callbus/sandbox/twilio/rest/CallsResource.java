package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.CallRecord;
import dev.callbus.sandbox.twilio.CallStatus;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
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
        this.accountSid = accountSid;
        this.network = network;
        this.numbers = Set.copyOf(numbers);
        this.json = new CallJson(accountSid);
        this.rate = new RateLimits(perSecond, Duration.ofSeconds(1), InstantSource.system());
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
        var calls = network.records();
        var chosen = calls.stream().filter(call -> matches(call, query)).toList();
        // The newest first, as in Twilio's log.
        var page = paging.of(
                chosen, call -> "%09d".formatted(999_999_999 - calls.indexOf(call)), Comparator.naturalOrder());
        RestReply.send(routing, 200, json.of(page));
    }

    private static boolean matches(CallRecord call, MultiMap query) {
        var form = new Form(query);
        var to = form.text("To");
        var from = form.text("From");
        var status = form.text("Status");
        return (to == null || to.equals(call.to()))
                && (from == null || from.equals(call.from()))
                && (status == null || status.equals(call.status().wire()))
                && began(call, form);
    }

    /** The two filters on the time of start, of which one has the odd name {@code StartTime>}. A call that was not answered has none and counts with its creation. */
    private static boolean began(CallRecord call, Form form) {
        var time = call.started() == null ? call.created() : call.started();
        var at = time.atOffset(ZoneOffset.UTC);
        var after = form.text("StartTime>");
        var before = form.text("StartTime<");
        return (after == null || !at.isBefore(time(after))) && (before == null || !at.isAfter(time(before)));
    }

    private static OffsetDateTime time(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw Form.invalid("StartTime", text);
        }
    }

    private void update(RoutingContext routing) {
        var call = found(routing);
        var form = new CallForm(new Form(routing.request().formAttributes()));
        var status = form.status();
        var url = form.url();
        var twiml = form.twiml();
        if (url != null && twiml != null) {
            throw new RestError(400, 21222, "Url and Twiml parameters are mutually exclusive.");
        }
        if (status != null) {
            end(call, status);
        } else if (url != null || twiml != null) {
            if (call.status() != CallStatus.IN_PROGRESS) {
                throw new RestError(400, 21220, "Call is not in-progress. Cannot redirect.");
            }
            if (url != null) {
                network.redirect(call.callSid(), url, form.method());
            } else if (twiml != null) {
                network.redirect(call.callSid(), twiml);
            }
        }
        RestReply.send(routing, 200, json.of(call));
    }

    private void end(CallRecord call, String status) {
        boolean rings = List.of(CallStatus.QUEUED, CallStatus.INITIATED, CallStatus.RINGING)
                .contains(call.status());
        if (call.status().isFinal() || (status.equals("canceled") && !rings)) {
            throw new RestError(400, 21220, "Call is not in-progress. Cannot redirect.");
        }
        var how = status.equals("canceled") ? CallStatus.CANCELED : CallStatus.COMPLETED;
        network.end(call.callSid(), how);
    }

    private CallRecord found(RoutingContext routing) {
        return network.find(routing.pathParam("sid")).orElseThrow(() -> RestServer.notFound(routing));
    }
}
