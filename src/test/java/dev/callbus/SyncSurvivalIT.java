package dev.callbus;

import static dev.callbus.RecordingProxy.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.SyncStage.SyncNode;
import dev.callbus.asset.AssetKind;
import dev.callbus.sandbox.twilio.rest.SyncOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** Uploads to Sync that are disturbed in every way, from the source of assets to the sandbox's REST server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncSurvivalIT {
    private static final int LARGE = 200_000;
    private static final Duration LIVE = Duration.ofSeconds(5);

    private final List<Reader> readers = new ArrayList<>();
    private SyncStage stage;
    private SyncNode one;
    private SyncNode other;

    /** Two nodes that start at once on an empty account. */
    @BeforeAll
    void start() throws Exception {
        stage = new SyncStage();
        one = stage.node();
        other = stage.node();
        var read = await(Future.all(one.source().read(), other.source().read()));
        assertThat(read.<Object>resultAt(0)).isEqualTo(read.resultAt(1));
        assertThat(stage.proxy.exchanges()).noneMatch(exchange -> exchange.status() >= 500);
    }

    @AfterEach
    void stopReaders() throws Exception {
        for (var reader : readers) {
            reader.stop();
        }
        readers.clear();
    }

    @AfterAll
    void stop() throws Exception {
        await(one.source().close());
        await(other.source().close());
        await(one.vertx().close());
        await(other.vertx().close());
        stage.close();
    }

    @Test
    void aPutCompletesThoughSyncGoesAwayInItsMiddleAndNobodyReadsHalf() throws Exception {
        one.put("cut", text("old"));
        var reader = reader("cut");
        for (int cut : List.of(6, 20)) {
            var order = stage.proxy.afterRequests(cut, SyncSurvivalIT::isWrite, stage::interrupt);
            one.put("cut", text("cut" + cut));
            assertThat(order.isDone()).as("cut after %d writes", cut).isTrue();
            assertIsOnly("cut", text("cut" + cut));
        }
        assertThat(reader.stop())
                .isSubsetOf(text("old"), text("cut6"), text("cut20"))
                .hasSizeGreaterThan(1);
    }

    @Test
    void lostAnswersLeaveNothingDoubledAndNothingBehind() throws Exception {
        one.put("lost", text("old"));
        for (int lost : List.of(0, 14, 15)) {
            var order = stage.proxy.afterRequests(lost, SyncSurvivalIT::isWrite, () -> {
                stage.faults().loseAnswersOfNext(1);
                return Future.succeededFuture();
            });
            one.put("lost", text("lost" + lost));
            assertThat(order.isDone()).as("lost after %d writes", lost).isTrue();
            assertIsOnly("lost", text("lost" + lost));
        }
    }

    @Test
    void twoNodesThatWriteAtOnceLoseNothing() throws Exception {
        var reader = reader("both");
        var puts = IntStream.range(0, 4)
                .boxed()
                .flatMap(i -> List.of(
                        one.source().put(AssetKind.CONTEXT, Map.of("one" + i, text("one" + i))),
                        other.source().put(AssetKind.CONTEXT, Map.of("other" + i, "short " + i)))
                        .stream())
                .collect(Collectors.toList());
        puts.add(one.source().put(AssetKind.CONTEXT, Map.of("both", text("of one"))));
        puts.add(other.source().put(AssetKind.CONTEXT, Map.of("both", text("of the other"))));
        Future.all(puts).await(20, SECONDS);
        for (int i = 0; i < 4; i++) {
            assertIsOnly("one" + i, text("one" + i));
            assertThat(other.read("other" + i)).isEqualTo("short " + i);
        }
        assertThat(one.read("both")).isIn(text("of one"), text("of the other"));
        assertIsOnly("both", one.read("both"));
        assertThat(reader.stop()).isSubsetOf("", text("of one"), text("of the other"));
    }

    @Test
    void nodesThatPutTheSameTwoTextsInTurnNeverBreakOne() throws Exception {
        one.put("turns", text("a"));
        var reader = reader("turns");
        Future<Void> ones = Future.succeededFuture();
        Future<Void> others = Future.succeededFuture();
        for (int i = 0; i < 3; i++) {
            ones = ones.compose(before -> put(one, "turns", text("a"))).compose(a -> put(one, "turns", text("b")));
            others = others.compose(before -> put(other, "turns", text("b")))
                    .compose(b -> put(other, "turns", text("a")));
        }
        Future.all(ones, others).await(20, SECONDS);
        assertThat(reader.stop()).isSubsetOf(text("a"), text("b"));
        assertIsOnly("turns", one.read("turns"));
    }

    @Test
    void whileSyncIsAwayReadsServeWhatWasKnown() throws Exception {
        one.put("known", "Known words.");
        var known = await(one.source().read());
        await(stage.kill());
        var away = one.source().read();
        assertThat(await(away)).isEqualTo(known).isSameAs(known);
        await(stage.revive(SyncStage.UNLIMITED));
        assertThat(await(one.source().read())).isEqualTo(known).isNotSameAs(known);
    }

    @Test
    void anUploadThatSyncFindsTooFastCompletes() throws Exception {
        await(stage.kill());
        await(stage.revive(SyncOptions.lifelike(TestNode.ACCOUNT_SID).withRates(5, 20, Duration.ofSeconds(1))));
        one.put("slow", text("slow"));
        await(stage.kill());
        await(stage.revive(SyncStage.UNLIMITED));
        assertThat(stage.proxy.exchanges()).anyMatch(exchange -> exchange.status() == 429);
        assertIsOnly("slow", text("slow"));
    }

    @Test
    void anEditThroughOneNodeIsLiveOnAnotherWithinFiveSeconds() throws Exception {
        await(other.source().read());
        Promise<Long> noticed = Promise.promise();
        other.source()
                .onChange(() -> other.source()
                        .read()
                        .map(read -> "Live words.".equals(read.contexts().get("live")))
                        .onSuccess(live -> {
                            if (live) {
                                noticed.tryComplete(System.nanoTime());
                            }
                        }));
        var reader = reader("live");
        var began = System.nanoTime();
        one.put("live", "Live words.");
        var took = Duration.ofNanos(await(noticed.future()) - began);
        LoggerFactory.getLogger(SyncSurvivalIT.class).info("an edit is live [millis: {}]", took.toMillis());
        assertThat(took).isLessThan(LIVE);
        assertThat(reader.stop()).contains("Live words.");
    }

    private Reader reader(String key) {
        var reader = new Reader(other, key);
        readers.add(reader);
        return reader;
    }

    private static Future<Void> put(SyncNode node, String key, String text) {
        return node.source().put(AssetKind.CONTEXT, Map.of(key, text));
    }

    private static boolean isWrite(HttpServerRequest request) {
        return !request.method().equals(HttpMethod.GET);
    }

    /** A text of 200 KB in which no piece is like one of another. */
    private static String text(String name) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> name + " says: be \"helpful\", line " + i + ".\n")
                .limit(LARGE / 25)
                .collect(Collectors.joining())
                .substring(0, LARGE);
    }

    /** Checks that this text is under the key, whole, and that the map holds no part of another. */
    private void assertIsOnly(String key, String text) throws TimeoutException {
        assertThat(other.read(key)).isEqualTo(text);
        var items = stage.items(one);
        var head = Objects.requireNonNull(items.get(key));
        var parts = IntStream.rangeClosed(1, head.getInteger("parts"))
                .mapToObj(i -> key + "." + head.getString("digest") + "." + i)
                .collect(Collectors.toSet());
        assertThat(items.keySet().stream().filter(item -> item.startsWith(key + ".")))
                .containsExactlyInAnyOrderElementsOf(parts);
    }

    /** A reader that never rests, and what it saw under a key. */
    private static final class Reader {
        private final SyncNode node;
        private final String key;
        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final Promise<Void> stopped = Promise.promise();
        private volatile boolean stopping;

        Reader(SyncNode node, String key) {
            this.node = node;
            this.key = key;
            look();
        }

        Set<String> stop() throws TimeoutException {
            stopping = true;
            await(stopped.future());
            return seen;
        }

        private void look() {
            node.source().read().onComplete(read -> {
                seen.add(read.succeeded() ? read.result().contexts().getOrDefault(key, "") : "failed");
                if (stopping) {
                    stopped.tryComplete();
                } else {
                    node.vertx().runOnContext(next -> look());
                }
            });
        }
    }
}
