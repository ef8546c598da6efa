package dev.callbus.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Twilio's side of many concurrent calls: keeps their number constant, a new one taking the place of each that ends.
 * Its calls live on one event loop; its own public methods block and belong to the thread that drives the benchmark.
 */
final class LoadClient implements AutoCloseable {
    /** Counts on from one client to the next: a server may well refuse a call that it has had before. */
    private static final AtomicLong DIALLED = new AtomicLong();

    private static final long REDIAL_MILLIS = 1000;
    private static final int CONNECT_LIMIT_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final LoadTarget target;
    private final LoadShape shape;
    private final int answerCharacters;
    private final NetClient sockets;
    private final CarrierWebhooks webhooks;
    private final Measurement measurement = new Measurement();
    private final Set<SimulatedCall> calls = new HashSet<>();
    private final Promise<Void> allConnected = Promise.promise();
    private long placed;
    private int everConnected;
    private boolean stopping;

    /** Calls of the given shape; their answers should have {@code answerCharacters}, or at least one when it is 0. */
    LoadClient(LoadTarget target, LoadShape shape, int answerCharacters) {
        this.target = target;
        this.shape = shape;
        this.answerCharacters = answerCharacters;
        this.sockets =
                vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(10_000));
        this.webhooks = new CarrierWebhooks(
                vertx.createHttpClient(
                        new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(256)),
                target);
    }

    /** Places all calls, spread over the shape's ramp, and waits until as many have been connected. */
    void ramp() {
        loop.runOnContext(start -> dialDue(System.nanoTime()));
        within(shape.ramp().toSeconds() + CONNECT_LIMIT_SECONDS, allConnected.future());
    }

    /** Begins the measured window. */
    void openWindow() {
        onLoop(() -> {
            measurement.open();
            return true;
        });
    }

    /** Ends the measured window, which lasted so many seconds, and answers what was observed in it. */
    Measurement.Observed closeWindow(Pace pace, double seconds) {
        return onLoop(() -> {
            measurement.close();
            return measurement.observed(pace, seconds);
        });
    }

    /** Hangs up every call and waits, a few seconds at most, until all have ended. */
    void hangUp() throws InterruptedException {
        onLoop(() -> {
            stopping = true;
            calls.forEach(SimulatedCall::hangUp);
            return true;
        });
        var deadline = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        while (onLoop(() -> !calls.isEmpty()) && System.nanoTime() < deadline) Thread.sleep(20);
    }

    @Override
    public void close() {
        within(10, vertx.close());
    }

    LoadTarget target() {
        return target;
    }

    LoadShape shape() {
        return shape;
    }

    NetClient sockets() {
        return sockets;
    }

    CarrierWebhooks webhooks() {
        return webhooks;
    }

    Measurement measurement() {
        return measurement;
    }

    /** Whether an answer of so many characters is complete. */
    boolean isWhole(int characters) {
        return answerCharacters == 0 ? characters > 0 : characters == answerCharacters;
    }

    /** A call has its socket. */
    void connected() {
        if (++everConnected == shape.calls()) allConnected.complete();
    }

    /** A call could not be set up: it is tried again a second later. */
    void failed(SimulatedCall call) {
        calls.remove(call);
        if (!stopping) vertx.setTimer(REDIAL_MILLIS, redial -> dial());
    }

    /** A call is over: a new one takes its place. */
    void ended(SimulatedCall call) {
        calls.remove(call);
        dial();
    }

    private void dialDue(long rampStart) {
        var passed = (double) (System.nanoTime() - rampStart)
                / Math.max(1, shape.ramp().toNanos());
        var due = Math.min(shape.calls(), (long) Math.ceil(passed * shape.calls()));
        for (; placed < due; placed++) dial();
        if (passed < 1) vertx.setTimer(5, next -> dialDue(rampStart));
    }

    private void dial() {
        if (stopping) return;
        var call = new SimulatedCall(this, vertx, DIALLED.incrementAndGet());
        calls.add(call);
        call.dial();
    }

    private <T> T onLoop(Supplier<T> action) {
        var result = Promise.<T>promise();
        loop.runOnContext(run -> result.handle(Future.succeededFuture(action.get())));
        return within(10, result.future());
    }

    private <T> T within(long seconds, Future<T> future) {
        try {
            return future.await(seconds, SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the calls take too long " + measurement.errorsSoFar(), e);
        }
    }
}
