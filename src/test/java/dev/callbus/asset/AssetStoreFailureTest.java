package dev.callbus.asset;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.AssetSettings.Overrides;
import dev.callbus.config.CallSettings.SilenceSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The asset service on a store that is half written or out of order. */
class AssetStoreFailureTest {
    private static final RawAssets GOOD = new RawAssets(
            "store", Map.of("defaultContext", "Default."), Map.of("defaultToolManifest", "{\"tools\":[]}"), "{}");

    private final Vertx vertx = Vertx.vertx();
    private final Store store = new Store();

    @BeforeEach
    void install() {
        ProtocolCodec.install(vertx, List.of(AssetProtocol.class));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
        assertThat(store.closed.future().succeeded()).isTrue();
    }

    @Test
    void looksAgainAtWhatMayBeHalfWritten() throws Exception {
        deploy();
        store.answer(GOOD.with(AssetKind.CONTEXT, Map.of("defaultContext", "")));
        store.answer(GOOD.with(AssetKind.CONTEXT, Map.of("defaultContext", "Whole.")));
        store.change();
        store.awaitReads(2);
        // It is asked behind the second look.
        store.answer(GOOD.with(AssetKind.CONTEXT, Map.of("defaultContext", "Whole.")));
        put("other").await(5, SECONDS);
        assertThat(chosen()).isEqualTo("Whole.");
    }

    @Test
    void refusedTextsChangeNothing() throws Exception {
        deploy();
        store.answer(GOOD);
        store.answer(GOOD);
        store.refusal = new BusException(Failure.UNAVAILABLE, "the store is away");
        var failure = catchThrowableOfType(
                BusException.class, () -> put("defaultContext").await(5, SECONDS));
        assertThat(failure.failure()).isEqualTo(Failure.UNAVAILABLE);
        assertThat(failure).hasMessage("the store is away");
        assertThat(chosen()).isEqualTo("Default.");
        store.awaitReads(2);
    }

    @Test
    void storeThatCanNotBeReadIsSaidToBeAway() throws Exception {
        deploy();
        store.reads.add(Future.failedFuture(new IllegalStateException("boom")));
        var failure = catchThrowableOfType(
                BusException.class, () -> put("defaultContext").await(5, SECONDS));
        assertThat(failure.failure()).isEqualTo(Failure.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("boom");
        store.answer(GOOD);
        put("defaultContext").await(5, SECONDS);
        assertThat(chosen()).isEqualTo("New.");
    }

    @Test
    void serviceThatDoesNotStartClosesItsStore() {
        store.answer(GOOD.without(AssetKind.CONTEXT, "defaultContext"));
        assertThat(catchThrowableOfType(
                        RuntimeException.class,
                        () -> vertx.deployVerticle(service()).await(5, SECONDS)))
                .hasMessageContaining("put one into store");
    }

    private void deploy() throws Exception {
        store.answer(GOOD);
        vertx.deployVerticle(service()).await(5, SECONDS);
        store.awaitReads(1);
    }

    private AssetVerticle service() {
        var silence = new SilenceSettings(true, Duration.ofSeconds(20), List.of());
        return new AssetVerticle(store, new AgentRules(Overrides.NONE, silence, Set.of("end-call")));
    }

    private Future<AssetProtocol.Stored> put(String key) {
        return AssetBus.PUT.send(vertx, new AssetProtocol.Put(AssetKind.CONTEXT, Map.of(key, "New.")));
    }

    private String chosen() throws Exception {
        return AssetBus.CHOOSE
                .send(vertx, new AssetProtocol.Choose("", Map.of()))
                .await(5, SECONDS)
                .profile()
                .context()
                .text();
    }

    /** A store that answers what it is told to. */
    private static final class Store implements AssetSource {
        private final BlockingQueue<Future<RawAssets>> reads = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> read = new LinkedBlockingQueue<>();
        private final Promise<Void> closed = Promise.promise();
        private volatile @Nullable BusException refusal;
        private volatile @Nullable Runnable listener;
        private volatile @Nullable Context context;

        void answer(RawAssets raw) {
            reads.add(Future.succeededFuture(raw));
        }

        void change() {
            var there = context;
            var told = listener;
            if (there != null && told != null) {
                there.runOnContext(now -> told.run());
            }
        }

        void awaitReads(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                assertThat(read.poll(5, SECONDS)).as("read %d", i + 1).isTrue();
            }
        }

        @Override
        public Future<RawAssets> read() {
            read.add(true);
            var answer = reads.poll();
            return answer == null ? Future.failedFuture("read too often") : answer;
        }

        @Override
        public Future<Void> put(AssetKind kind, Map<String, String> texts) {
            return refusal == null ? Future.succeededFuture() : Future.failedFuture(refusal);
        }

        @Override
        public Future<Void> delete(AssetKind kind, String key) {
            return Future.succeededFuture();
        }

        @Override
        public void onChange(Runnable listener) {
            this.listener = listener;
            this.context = Vertx.currentContext();
        }

        @Override
        public Future<Void> close() {
            closed.tryComplete();
            return Future.succeededFuture();
        }
    }
}
