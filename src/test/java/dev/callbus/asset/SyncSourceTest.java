package dev.callbus.asset;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callbus.bus.BusException;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncSourceTest {
    private static final String LONG = "A line of \"text\" with an ä and an \uD83D\uDE00.\n".repeat(1500);
    private static final RawAssets FILES = new RawAssets(
            "files",
            Map.of("defaultContext", "Be helpful.", "longContext", LONG),
            Map.of("defaultToolManifest", "{\"tools\":[]}"),
            "{\"AssetLoader\":{\"assetLoaderType\":\"sync\"}}");

    private final Vertx vertx = Vertx.vertx();
    private FakeSync sync = new FakeSync();

    @BeforeEach
    void start() throws TimeoutException {
        ProtocolCodec.install(vertx, List.of(TwilioProtocol.class));
        sync = FakeSync.on(vertx);
    }

    @AfterEach
    void stop() throws TimeoutException {
        vertx.close().await(5, SECONDS);
    }

    @Test
    void c24_fillsSyncFromTheFilesAndLongTextsFitIntoItsItems() throws Exception {
        var read = source().read().await(10, SECONDS);
        assertThat(read.contexts()).isEqualTo(FILES.contexts());
        assertThat(read.manifests()).isEqualTo(FILES.manifests());
        assertThat(read.serverConfig()).isEqualTo(FILES.serverConfig());
        assertThat(sync.map("Context").values())
                .hasSizeGreaterThan(5)
                .allSatisfy(item -> assertThat(item.data().length()).isLessThan(16 * 1024));
        assertThat(source().read().await(10, SECONDS)).isEqualTo(read);
    }

    @Test
    void c24_aStartOverwritesNothingThatIsInSync() throws Exception {
        source().put(AssetKind.CONTEXT, Map.of("defaultContext", "Edited in Sync."))
                .await(10, SECONDS);
        sync.document("{\"AssetLoader\":{\"activeContextKey\":\"other\"}}");
        var read = source().read().await(10, SECONDS);
        assertThat(read.contexts()).containsEntry("defaultContext", "Edited in Sync.");
        assertThat(read.serverConfig()).contains("other");
    }

    @Test
    void readsWhatEarlierServersStored() throws Exception {
        sync.map("Context").put("old", new TwilioProtocol.SyncItem("old", "{\"content\":\"Old words.\"}", "3", "x"));
        sync.map("ToolManifest")
                .put("oldTools", new TwilioProtocol.SyncItem("oldTools", "{\"tools\":[{\"name\":\"a\"}]}", "0", "x"));
        var read = source().read().await(10, SECONDS);
        assertThat(read.contexts()).containsEntry("old", "Old words.");
        assertThat(read.manifests().get("oldTools")).contains("\"a\"");
    }

    @Test
    void aTextThatIsReplacedLeavesNoPartsBehind() throws Exception {
        var source = source();
        source.put(AssetKind.CONTEXT, Map.of("longContext", LONG + "More.")).await(10, SECONDS);
        assertThat(source.read().await(5, SECONDS).contexts()).containsEntry("longContext", LONG + "More.");
        source.put(AssetKind.CONTEXT, Map.of("longContext", "Short.")).await(10, SECONDS);
        assertThat(sync.map("Context")).containsOnlyKeys("defaultContext", "longContext");
        source.delete(AssetKind.CONTEXT, "longContext").await(5, SECONDS);
        assertThat(sync.map("Context")).containsOnlyKeys("defaultContext");
    }

    @Test
    void anUploadThatIsCutOffAnywhereLosesNothingAndDoublesNothing() throws Exception {
        var source = source();
        source.read().await(10, SECONDS);
        for (int cut = 0; cut < 8; cut++) {
            var text = LONG + cut;
            sync.failAfterWrites = sync.writes.get() + cut;
            var put = source.put(AssetKind.CONTEXT, Map.of("longContext", text));
            awaitDown(put);
            assertThat(SyncText.read(
                            Objects.requireNonNull(sync.map("Context").get("longContext")), sync.map("Context")))
                    .isPresent();
            sync.failAfterWrites = Integer.MAX_VALUE;
            sync.down = false;
            put.await(20, SECONDS);
            assertThat(source.read().await(5, SECONDS).contexts()).containsEntry("longContext", text);
        }
        source.put(AssetKind.CONTEXT, Map.of("longContext", "Short.")).await(10, SECONDS);
        assertThat(sync.map("Context")).containsOnlyKeys("defaultContext", "longContext");
    }

    @Test
    void aLostAnswerDoublesNothing() throws Exception {
        var source = source();
        source.read().await(10, SECONDS);
        sync.loseAnswers = true;
        var put = source.put(AssetKind.CONTEXT, Map.of("new", "Words."));
        vertx.setTimer(400, due -> sync.loseAnswers = false);
        put.await(10, SECONDS);
        assertThat(source.read().await(5, SECONDS).contexts()).containsEntry("new", "Words.");
    }

    @Test
    void whileSyncIsDownWhatIsKnownServes() throws Exception {
        var source = source();
        var read = source.read().await(10, SECONDS);
        sync.down = true;
        assertThat(source.read().await(5, SECONDS)).isEqualTo(read);
        assertThat(source().read().await(5, SECONDS)).isEqualTo(FILES);
    }

    @Test
    void aConfigurationThatIsDeletedBehindItsBackIsPutThereAgain() throws Exception {
        var source = source();
        source.read().await(10, SECONDS);
        source.put(AssetKind.SERVER_CONFIG, Map.of(AssetKind.SERVER_CONFIG_KEY, "{\"mine\":true}"))
                .await(5, SECONDS);
        source.read().await(5, SECONDS);
        sync.deleteDocument();
        assertThat(source.read().await(5, SECONDS).serverConfig()).isEqualTo("{\"mine\":true}");
        assertThat(source.read().await(5, SECONDS).serverConfig()).isEqualTo("{\"mine\":true}");
        assertThat(sync.document()).isEqualTo("{\"mine\":true}");
        source.put(AssetKind.CONTEXT, Map.of("after", "Works.")).await(5, SECONDS);
    }

    @Test
    void changesMadeInSyncAreNoticed() throws Exception {
        var source = source();
        source.read().await(10, SECONDS);
        Promise<Void> noticed = Promise.promise();
        source.onChange(noticed::tryComplete);
        sync.map("Context").put("fresh", new TwilioProtocol.SyncItem("fresh", "{\"content\":\"New.\"}", "0", "x"));
        noticed.future().await(5, SECONDS);
        assertThat(source.read().await(5, SECONDS).contexts()).containsEntry("fresh", "New.");
    }

    @Test
    void aConfigurationThatSomebodyElseChangedIsNotOverwritten() throws Exception {
        var source = source();
        source.read().await(10, SECONDS);
        sync.document("{\"changed\":\"elsewhere\"}");
        var put = source.put(AssetKind.SERVER_CONFIG, Map.of(AssetKind.SERVER_CONFIG_KEY, "{\"mine\":true}"));
        assertThatThrownBy(() -> put.await(5, SECONDS))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("changed by somebody else");
        source.read().await(5, SECONDS);
        source.put(AssetKind.SERVER_CONFIG, Map.of(AssetKind.SERVER_CONFIG_KEY, "{\"mine\":true}"))
                .await(5, SECONDS);
        assertThat(sync.document()).isEqualTo("{\"mine\":true}");
    }

    private SyncSource source() {
        return new SyncSource(vertx, new Files());
    }

    private void awaitDown(Future<Void> put) throws Exception {
        for (int i = 0; i < 500 && !sync.down && !put.isComplete(); i++) {
            vertx.timer(5).await(1, SECONDS);
        }
    }

    /** The local files. */
    private static final class Files implements AssetSource {
        @Override
        public Future<RawAssets> read() {
            return Future.succeededFuture(FILES);
        }

        @Override
        public Future<Void> put(AssetKind kind, Map<String, String> texts) {
            return Future.failedFuture("read only");
        }

        @Override
        public Future<Void> delete(AssetKind kind, String key) {
            return Future.failedFuture("read only");
        }

        @Override
        public void onChange(Runnable listener) {}

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
