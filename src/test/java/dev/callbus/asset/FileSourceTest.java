package dev.callbus.asset;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.AssetSettings;
import dev.callbus.config.ConfigException;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Assets in the files of a directory. */
class FileSourceTest {
    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void writeFiles() throws IOException {
        write("serverConfig.json", "{}");
        write("defaultContext.md", "Default.");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    @Test
    void filesAreAssetsByTheirNamesAndTexts() throws Exception {
        write("sales.md", "\uFEFFVerkäufe");
        write("defaultToolManifest.json", "{\"x\":1}");
        write("someTOOLS.json", "{");
        write("plain.json", "{\"tools\":[]}");
        write("half.json", "{\"tools\":[");
        write("notes.json", "{\"x\":1}");
        write("notes.txt", "x");
        write(".hidden.md", "x");
        write("two words.md", "x");
        write("a.tool.json", "{}");
        Files.createDirectory(directory.resolve("folder.md"));
        Files.writeString(Files.createDirectory(directory.resolve("below")).resolve("below.md"), "x");
        var raw = source().read().await(5, SECONDS);
        assertThat(raw.contexts()).isEqualTo(Map.of("defaultContext", "Default.", "sales", "Verkäufe"));
        assertThat(raw.manifests())
                .isEqualTo(Map.of(
                        "defaultToolManifest",
                        "{\"x\":1}",
                        "someTOOLS",
                        "{",
                        "plain",
                        "{\"tools\":[]}",
                        "half",
                        "{\"tools\":["));
        assertThat(raw.doubts())
                .hasSize(2)
                .anySatisfy(doubt -> assertThat(doubt).contains("two words.md"))
                .anySatisfy(doubt -> assertThat(doubt).contains("a.tool.json"));
        assertThat(raw.unread()).isEmpty();
    }

    @Test
    void whatCanNotBeReadIsNamed() throws Exception {
        Files.write(directory.resolve("sales.md"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.writeString(directory.resolve("long.md"), "x".repeat((1 << 20) + 1));
        var raw = source().read().await(5, SECONDS);
        assertThat(raw.contexts()).containsOnlyKeys("defaultContext");
        assertThat(raw.unread())
                .extracting(each -> each.key() + " " + each.fault().problem())
                .containsExactlyInAnyOrder("sales is not UTF-8", "long is larger than 1 MiB");
    }

    @Test
    void missingDirectoryIsAFault() {
        var source = new FileSource(vertx, directory.resolve("nowhere"));
        var failure =
                catchThrowableOfType(ConfigException.class, () -> source.read().await(5, SECONDS));
        assertThat(failure).hasMessageContaining("nowhere").hasMessageContaining("make it a directory");
    }

    @Test
    void textsAreWrittenWholeAndNothingElseIsLeft() throws Exception {
        var source = source();
        source.put(AssetKind.CONTEXT, Map.of("defaultContext", "Neu: ä", "sales", "Sales."))
                .await(5, SECONDS);
        source.put(AssetKind.MANIFEST, Map.of("plain", "{\"tools\":[]}")).await(5, SECONDS);
        source.put(AssetKind.SERVER_CONFIG, Map.of("serverConfig", "{\"a\":1}")).await(5, SECONDS);
        assertThat(files())
                .isEqualTo(Map.of(
                        "defaultContext.md", "Neu: ä",
                        "sales.md", "Sales.",
                        "plain.json", "{\"tools\":[]}",
                        "serverConfig.json", "{\"a\":1}"));
        assertThat(source.read().await(5, SECONDS).manifests()).containsOnlyKeys("plain");
    }

    @Test
    void failedWriteLeavesAllFilesAsTheyWere() throws Exception {
        Files.createDirectories(directory.resolve("m.md").resolve("below"));
        var texts = new TreeMap<>(Map.of("a", "New.", "defaultContext", "New.", "m", "New.", "z", "New."));
        var failure = catchThrowableOfType(
                BusException.class, () -> source().put(AssetKind.CONTEXT, texts).await(5, SECONDS));
        assertThat(failure.failure()).isEqualTo(Failure.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(directory.toString());
        assertThat(files()).isEqualTo(Map.of("serverConfig.json", "{}", "defaultContext.md", "Default."));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTEXT", "MANIFEST"})
    void s7_keysThatLeadOutAreRefused(AssetKind kind) throws Exception {
        var inner = Files.createDirectory(directory.resolve("inner"));
        var source = new FileSource(vertx, inner);
        for (var key : new String[] {"../defaultContext", "..", "a/b", "/tmp/x", "", "a\u0000"}) {
            var put = catchThrowableOfType(
                    BusException.class, () -> source.put(kind, Map.of(key, "x")).await(5, SECONDS));
            assertThat(put.failure()).isEqualTo(Failure.BAD_REQUEST);
            var delete = catchThrowableOfType(
                    BusException.class, () -> source.delete(kind, key).await(5, SECONDS));
            assertThat(delete.failure()).isEqualTo(Failure.BAD_REQUEST);
        }
        assertThat(files()).isEqualTo(Map.of("serverConfig.json", "{}", "defaultContext.md", "Default."));
    }

    @Test
    void deletesFiles() throws Exception {
        var source = source();
        source.delete(AssetKind.CONTEXT, "defaultContext").await(5, SECONDS);
        source.delete(AssetKind.CONTEXT, "nobody").await(5, SECONDS);
        assertThat(files()).containsOnlyKeys("serverConfig.json");
    }

    @Test
    void tellsOfChangesAdditionsAndDeletions() throws Exception {
        var source = source();
        source.read().await(5, SECONDS);
        var changes = new Changes(source);
        write("defaultContext.md", "Another.");
        changes.next();
        write("sales.md", "Sales.");
        changes.next();
        Files.delete(directory.resolve("sales.md"));
        changes.next();
        source.close().await(5, SECONDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'AssetLoader':{'assetLoaderType':'sync'}} | SYNC",
                "{'UsedConfig':{'assetLoaderType':'sync'}} | SYNC",
                "{'AssetLoader':{'assetLoaderType':'file'}} | FILE",
                "{'AssetLoader':{'assetLoaderType':'j2'}} | FILE",
                "{} | FILE",
                "[] | FILE",
                "{ | FILE"
            })
    void loaderTypeIsReadFromTheLocalFile(String json, AssetLoaderType type) throws IOException {
        write("serverConfig.json", json.replace('\'', '"'));
        assertThat(AssetLoaderType.read(new AssetSettings(directory))).isEqualTo(type);
        Files.delete(directory.resolve("serverConfig.json"));
        assertThat(AssetLoaderType.read(new AssetSettings(directory))).isEqualTo(AssetLoaderType.FILE);
    }

    private FileSource source() {
        return new FileSource(vertx, directory);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Map<String, String> files() throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.list(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return found;
    }

    /** Awaits one change after the other; the files are read at each, as their reader does. */
    private static final class Changes {
        private volatile Promise<Void> due = Promise.promise();

        Changes(FileSource source) {
            source.onChange(() -> source.read().onSuccess(raw -> due.tryComplete()));
        }

        void next() throws Exception {
            due.future().await(5, SECONDS);
            due = Promise.promise();
        }
    }
}
