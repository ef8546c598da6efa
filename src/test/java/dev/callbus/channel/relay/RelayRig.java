package dev.callbus.channel.relay;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.callbus.asset.AgentProfile;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.bus.Registration;
import dev.callbus.call.CallBus;
import dev.callbus.call.CallEvent;
import dev.callbus.call.CallProtocol;
import dev.callbus.call.SupervisorProtocol;
import dev.callbus.config.ServerSettings;
import dev.callbus.config.TwilioSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** A server with the channel on it, calls that only listen, and Twilio as its client. */
final class RelayRig implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final AtomicLong nanos = new AtomicLong();
    final Ticker ticker = nanos::get;
    final RelayTickets tickets = new RelayTickets(ticker);
    volatile AgentProfile profile = TestTwilio.profile();
    volatile AgentChoice choice = call -> Future.succeededFuture(profile);
    final AtomicInteger choices = new AtomicInteger();
    volatile Function<SupervisorProtocol.Open, Future<SupervisorProtocol.Opened>> supervisor = this::listen;
    final List<SupervisorProtocol.Open> opens = new CopyOnWriteArrayList<>();
    final BlockingQueue<CallProtocol.ToCall> told = new LinkedBlockingQueue<>();
    final Map<String, Registration> calls = new ConcurrentHashMap<>();
    final HttpServer server;
    final RelayChannel channel;
    final HttpClient http;
    final WebSocketClient webSockets;

    RelayRig() {
        this(TestTwilio.settings(null, null), RelayTimes.STANDARD);
    }

    RelayRig(TwilioSettings twilio, RelayTimes times) {
        ProtocolCodec.install(vertx, List.of(CallProtocol.class, CallEvent.class, SupervisorProtocol.class));
        CallBus.OPEN.serve(vertx, open -> {
            opens.add(open);
            return supervisor.apply(open);
        });
        channel = newChannel(twilio, times);
        server = serve(channel);
        http = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(50));
        webSockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(1000));
    }

    /** Another channel that shares this one's tickets. */
    RelayChannel newChannel(TwilioSettings twilio, RelayTimes times) {
        var settings = new ServerSettings("127.0.0.1", 0, TestTwilio.PUBLIC_URL, Duration.ofSeconds(1), 1);
        return new RelayChannel(vertx, settings, twilio, this::choose, new RelayBooks(tickets), times);
    }

    HttpServer serve(RelayChannel mounted) {
        var router = Router.router(vertx);
        mounted.mount(router);
        var options = RelayChannel.configure(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0));
        return done(vertx.createHttpServer(options).requestHandler(router).listen());
    }

    private Future<AgentProfile> choose(IncomingCall call) {
        choices.incrementAndGet();
        return choice.choose(call);
    }

    static <T> T done(Future<T> future) {
        try {
            return future.await(5, SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not done in time", e);
        }
    }

    /** Builds a chain of futures on an event loop, where nothing that arrives is missed in between. */
    <T> Future<T> onLoop(Supplier<Future<T>> chain) {
        var result = Promise.<T>promise();
        vertx.runOnContext(go -> chain.get().onComplete(result));
        return result.future();
    }

    /** Completes once the condition holds. */
    Future<Void> until(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return Future.succeededFuture();
        }
        return vertx.timer(5, TimeUnit.MILLISECONDS).compose(later -> until(condition));
    }

    /** A call that listens and notes what it is told. */
    Future<SupervisorProtocol.Opened> listen(SupervisorProtocol.Open open) {
        var callSid = open.setup().callSid();
        return CallBus.call(callSid).serve(vertx, told::add).map(registration -> {
            calls.put(callSid, registration);
            return new SupervisorProtocol.Opened(callSid);
        });
    }

    /** The call listens no more. */
    Future<Void> hangUp(String callSid) {
        var registration = calls.remove(callSid);
        return registration == null ? Future.failedFuture("no such call") : registration.close();
    }

    /** An HTTP answer. */
    record Answer(int status, Map<String, String> headers, String body) {}

    Answer send(HttpMethod method, String target, Map<String, String> headers, String body) {
        return done(onLoop(() -> http.request(new RequestOptions()
                        .setMethod(method)
                        .setHost("127.0.0.1")
                        .setPort(server.actualPort())
                        .setURI(target))
                .compose(request -> {
                    headers.forEach(request::putHeader);
                    return request.send(body);
                })
                .compose(response -> response.body().map(content -> {
                    var names = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
                    response.headers().forEach(names::put);
                    return new Answer(response.statusCode(), names, content.toString());
                }))));
    }

    Answer post(String path, Map<String, String> form) {
        return post(path, form, Map.of());
    }

    Answer post(String path, Map<String, String> form, Map<String, String> more) {
        var headers = new TreeMap<>(more);
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("X-Twilio-Signature", TestTwilio.signForm(path, form));
        return send(HttpMethod.POST, path, headers, TestTwilio.encode(form));
    }

    /** Twilio asks what to do with a call; answers the TwiML. */
    String ring(String callSid) {
        var answer = post("/connectConversationRelay", Map.of("CallSid", callSid, "From", "+15550001111"));
        if (answer.status() != 200) {
            throw new AssertionError("status " + answer.status());
        }
        return answer.body();
    }

    Future<WebSocket> connect(String path) {
        return connect(path, TestTwilio.signSocket(path));
    }

    Future<WebSocket> connect(String path, String signature) {
        return connect(server.actualPort(), path, signature);
    }

    Future<WebSocket> connect(int port, String path, String signature) {
        return webSockets.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .addHeader("X-Twilio-Signature", signature));
    }

    Phone phone(String path) {
        return done(onLoop(() -> connect(path).map(Phone::new)));
    }

    /** Rings, connects and sets up a call. */
    Phone call(String callSid) {
        var phone = phone(TestTwilio.socketPath(ring(callSid)));
        phone.send(setup(callSid));
        phone.send("{\"type\":\"info\",\"name\":\"agentSpeaking\",\"value\":\"on\"}");
        if (!(next() instanceof CallProtocol.Info)) {
            throw new AssertionError("the call did not begin");
        }
        return phone;
    }

    static String setup(String callSid) {
        return new JsonObject()
                .put("type", "setup")
                .put("sessionId", "VX" + callSid.substring(2))
                .put("callSid", callSid)
                .put("from", "+15550001111")
                .put("to", "+15550002222")
                .put("direction", "inbound")
                .put("callStatus", "RINGING")
                .encode();
    }

    /** What the call is told next. */
    CallProtocol.ToCall next() {
        return poll(told);
    }

    static <T> T poll(BlockingQueue<T> queue) {
        try {
            var next = queue.poll(5, SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came in time");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void tell(String callSid, CallProtocol.ToChannel message) {
        done(CallBus.channel(callSid).send(vertx, message));
    }

    void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public void close() {
        done(vertx.close());
    }

    /** Twilio's end of a WebSocket. */
    static final class Phone {
        final WebSocket socket;
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final Promise<Integer> closed = Promise.promise();

        Phone(WebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(heard::add);
            socket.exceptionHandler(broken -> {});
            socket.closeHandler(gone -> {
                var code = socket.closeStatusCode();
                closed.complete(code == null ? 1006 : code.intValue());
            });
        }

        void send(String text) {
            socket.writeTextMessage(text);
        }

        void sendBinary(byte[] bytes) {
            socket.writeBinaryMessage(Buffer.buffer(bytes));
        }

        JsonObject hears() {
            return new JsonObject(poll(heard));
        }

        int closeCode() {
            return done(closed.future());
        }
    }
}
