package dev.callbus.sandbox.twilio.rest;

import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Messages: takes an SMS, has it delivered at once, and shows it in the account's log.
 *
 * <p>Source: twilio.com/docs/messaging/api/message-resource
 */
public final class MessagesResource implements RestResource {
    private static final String LIST = "/2010-04-01/Accounts/:account/Messages.json";
    private static final String ONE = "/2010-04-01/Accounts/:account/Messages/:sid.json";
    private static final int MAX_PAGE = 1000;

    private final String accountSid;
    private final MessagesOptions options;
    private final MessageDelivery delivery;
    private final Consumer<Message> phones;
    private final MessageJson json;
    private final RateLimits rate;
    private final RestFaults faults = new RestFaults();
    private final AtomicLong places = new AtomicLong();
    private final ConcurrentNavigableMap<Long, Message> accepted = new ConcurrentSkipListMap<>();

    /**
     * Messages of the account of a phone network, whose tunnel leads to the status callbacks.
     *
     * @param phones told of each message that is delivered, on an event loop
     */
    public MessagesResource(
            Vertx vertx, PhoneNetworkOptions network, MessagesOptions options, Consumer<Message> phones) {
        this.accountSid = network.accountSid();
        this.options = options;
        this.delivery = new MessageDelivery(vertx, network);
        this.phones = phones;
        this.json = new MessageJson(accountSid);
        this.rate = new RateLimits(options.perSecond(), Duration.ofSeconds(1), options.clock());
    }

    /** All that were accepted, oldest first. */
    public List<Message> messages() {
        return List.copyOf(accepted.values());
    }

    /** Orders troubles for the next requests. */
    public RestFaults faults() {
        return faults;
    }

    @Override
    public void mount(Router router) {
        mount(router, HttpMethod.POST, LIST, this::create);
        mount(router, HttpMethod.GET, LIST, this::list);
        mount(router, HttpMethod.GET, ONE, this::fetch);
    }

    /** Closes the connections to status callbacks. */
    public Future<Void> close() {
        return delivery.close();
    }

    private void mount(Router router, HttpMethod method, String path, Handler<RoutingContext> handler) {
        router.route(method, path).handler(this::admit).handler(faults::meet).handler(handler);
    }

    private void admit(RoutingContext routing) {
        var account = routing.pathParam("account");
        if (!account.matches("AC[0-9a-fA-F]{32}")) {
            throw RestServer.notFound(routing);
        }
        if (!account.equals(accountSid)) {
            throw new RestError(401, 20003, "Authenticate");
        }
        if (!rate.admits(accountSid)) {
            throw new RestError(429, 20429, "Too Many Requests");
        }
        routing.next();
    }

    private void create(RoutingContext routing) {
        var form = MessageForm.of(new Form(routing.request().formAttributes()), options.numbers());
        var message = keep(queued(form));
        RestReply.send(routing, 201, json.of(message));
        move(message, MessageStatus.SENT, form.statusCallback())
                .compose(sent -> move(sent, MessageStatus.DELIVERED, form.statusCallback()));
    }

    private Message queued(MessageForm form) {
        var now = options.clock().instant();
        return new Message(
                Sid.create(form.mediaUrls().isEmpty() ? "SM" : "MM"),
                places.incrementAndGet(),
                form.from(),
                form.to(),
                form.body(),
                form.mediaUrls(),
                MessageStatus.QUEUED,
                now,
                now,
                null);
    }

    private Message keep(Message message) {
        accepted.put(message.place(), message);
        return message;
    }

    private Future<Message> move(Message message, MessageStatus status, @Nullable URI callback) {
        var moved = keep(message.moved(status, options.clock().instant()));
        if (status == MessageStatus.DELIVERED) {
            phones.accept(moved);
        }
        return delivery.report(moved, callback).map(reported -> moved);
    }

    private void list(RoutingContext routing) {
        var query = new Form(routing.queryParams());
        var dates = new SentDates(query);
        Predicate<Message> to = message -> matches(query.text("To"), message.to());
        Predicate<Message> from = message -> matches(query.text("From"), message.from());
        var found = accepted.descendingMap().values().stream()
                .filter(to.and(from).and(dates::hold))
                .toList();
        var page = Paging.of(routing.queryParams(), MAX_PAGE)
                .of(found, message -> "%016x".formatted(message.place()), Comparator.reverseOrder());
        RestReply.send(routing, 200, json.of(page));
    }

    private static boolean matches(@Nullable String wanted, String actual) {
        return wanted == null || wanted.equals(actual);
    }

    private void fetch(RoutingContext routing) {
        var sid = routing.pathParam("sid");
        var message = accepted.values().stream()
                .filter(one -> one.sid().equals(sid))
                .findFirst()
                .orElseThrow(() -> RestServer.notFound(routing));
        RestReply.send(routing, 200, json.of(message));
    }
}
