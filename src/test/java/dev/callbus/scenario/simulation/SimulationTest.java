package dev.callbus.scenario.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Simulation simulation = Simulation.begin();

    @AfterEach
    void end() {
        simulation.close();
    }

    @Test
    void timersFireInTheirOrderAndAtTheirTime() {
        var fired = new ArrayList<String>();
        simulation
                .vertx()
                .setTimer(300, id -> fired.add("c" + simulation.elapsed().toMillis()));
        simulation.vertx().setTimer(100, id -> {
            fired.add("a" + simulation.elapsed().toMillis());
            simulation
                    .vertx()
                    .setTimer(100, inner -> fired.add("b" + simulation.elapsed().toMillis()));
        });
        simulation.settle();
        assertThat(fired).isEmpty();
        simulation.pass(Duration.ofMillis(299));
        assertThat(fired).containsExactly("a100", "b200");
        simulation.pass(Duration.ofMillis(1));
        assertThat(fired).containsExactly("a100", "b200", "c300");
        assertThat(simulation.now()).isEqualTo(Instant.parse("2026-11-30T09:00:00.300Z"));
    }

    @Test
    void periodicTimersKeepTheirPeriod() {
        var ticks = new ArrayList<Instant>();
        simulation.vertx().setPeriodic(1000, id -> ticks.add(LoopTime.now()));
        simulation.pass(Duration.ofMillis(3500));
        assertThat(ticks)
                .extracting(Instant::toString)
                .containsExactly("2026-11-30T09:00:01Z", "2026-11-30T09:00:02Z", "2026-11-30T09:00:03Z");
    }

    @Test
    void awaitTimesOutInVirtualTime() {
        assertThatThrownBy(() -> simulation.await(Promise.<Void>promise().future(), Duration.ofHours(1)))
                .isInstanceOf(TimeoutException.class);
        assertThat(simulation.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void anAnswerThatTakesHalfAMinuteTakesNoTimeAtAll() throws Exception {
        var vertx = simulation.vertx();
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.body()
                        .onSuccess(body ->
                                vertx.setTimer(30_000, id -> request.response().end("got " + body))));
        simulation.await(server.listen(0, "127.0.0.1"), MINUTE);
        var client = vertx.createHttpClient();
        long began = System.nanoTime();
        var answer = simulation.await(
                client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/")
                        .compose(request -> request.send(Buffer.buffer("words")))
                        .compose(response -> response.body()),
                MINUTE);
        simulation.await(client.close(), MINUTE);
        assertThat(answer).hasToString("got words");
        assertThat(simulation.elapsed()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void blockingWorkHoldsBackTime() throws Exception {
        var order = new ArrayList<String>();
        simulation.vertx().setTimer(1, id -> order.add("timer"));
        var blocking = simulation.vertx().executeBlocking(() -> {
            order.add("work " + LoopTime.now());
            return 1;
        });
        Future<Integer> named = simulation
                .vertx()
                .createSharedWorkerExecutor("named", 3)
                .executeBlocking(() -> {
                    order.add("named " + LoopTime.now());
                    LoopTime.sleep(Duration.ofSeconds(2));
                    order.add("named " + LoopTime.now());
                    return 2;
                });
        assertThat(simulation.await(blocking, MINUTE)).isEqualTo(1);
        assertThat(simulation.await(named, MINUTE)).isEqualTo(2);
        assertThat(order)
                .isEqualTo(List.of(
                        "work 2026-11-30T09:00:00Z",
                        "named 2026-11-30T09:00:00Z",
                        "timer",
                        "named 2026-11-30T09:00:02Z"));
    }

    @Test
    void bytesInFlightHoldBackTime() throws Exception {
        var vertx = simulation.vertx();
        var body = Buffer.buffer(new byte[1 << 20]);
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(request.response()::end));
        simulation.await(server.listen(0, "127.0.0.1"), MINUTE);
        var client = vertx.createHttpClient();
        vertx.setTimer(1, id -> server.close());
        var echoed = simulation.await(
                client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/")
                        .compose(request -> request.send(body))
                        .compose(HttpClientResponse::body),
                MINUTE);
        assertThat(echoed).isEqualTo(body);
        assertThat(simulation.elapsed()).isZero();
        simulation.await(client.close(), MINUTE);
    }

    @Test
    void nobodyElseIsReachable() {
        var client = simulation.vertx().createHttpClient();
        assertThatThrownBy(() -> simulation.await(
                        client.request(HttpMethod.GET, 443, "example.com", "/").compose(request -> request.send()),
                        MINUTE))
                .isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> simulation.await(
                        client.request(HttpMethod.GET, 1, "localhost", "/").compose(request -> request.send()), MINUTE))
                .isInstanceOf(ConnectException.class);
        assertThat(client.close().isComplete()).isTrue();
    }

    @Test
    void workersWaitInVirtualTimeAndInTheirOrder() throws Exception {
        var order = new ArrayList<String>();
        var workers = simulation.vertx().createSharedWorkerExecutor("waiting", 4);
        var answer = new CompletableFuture<String>();
        simulation.vertx().setTimer(500, id -> answer.complete("answer"));
        var patient = workers.<Void>executeBlocking(
                () -> {
                    order.add(LoopTime.get(answer, MINUTE) + " " + simulation.elapsed());
                    return null;
                },
                false);
        var impatient = workers.<Void>executeBlocking(
                () -> {
                    try {
                        order.add(LoopTime.get(answer, Duration.ofMillis(200)));
                    } catch (TimeoutException e) {
                        order.add("too late " + simulation.elapsed());
                    }
                    return null;
                },
                false);
        simulation.await(Future.all(patient, impatient), MINUTE);
        assertThat(order).containsExactly("too late PT0.2S", "answer PT0.5S");
    }

    @Test
    void simulationsDoNotDisturbEachOther() throws Exception {
        var times = new ConcurrentHashMap<Integer, Duration>();
        var threads = IntStream.rangeClosed(1, 2)
                .mapToObj(seconds -> Thread.ofPlatform().start(() -> {
                    try (var own = Simulation.begin()) {
                        var server = own.vertx()
                                .createHttpServer()
                                .requestHandler(request -> own.vertx()
                                        .setTimer(
                                                seconds * 1000L,
                                                id -> request.response().end()));
                        own.await(server.listen(20_000, "127.0.0.1"), MINUTE);
                        var client = own.vertx().createHttpClient();
                        own.await(
                                client.request(HttpMethod.GET, 20_000, "127.0.0.1", "/")
                                        .compose(request -> request.send())
                                        .compose(response -> response.body())
                                        .eventually(client::close),
                                MINUTE);
                        times.put(seconds, own.elapsed());
                    } catch (TimeoutException e) {
                        times.put(seconds, MINUTE);
                    }
                }))
                .toList();
        for (var thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(times).containsEntry(1, Duration.ofSeconds(1)).containsEntry(2, Duration.ofSeconds(2));
    }
}
