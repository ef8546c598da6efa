package dev.callbus.asset;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.callbus.asset.AssetProtocol.Choose;
import dev.callbus.asset.AssetProtocol.Delete;
import dev.callbus.asset.AssetProtocol.Find;
import dev.callbus.asset.AssetProtocol.Put;
import dev.callbus.asset.AssetProtocol.Read;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.AssetSettings.Overrides;
import dev.callbus.config.CallSettings.SilenceSettings;
import dev.callbus.config.ConfigException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The asset service on a real bus and real files. */
class AssetVerticleTest {
    private static final String END_CALL = "{\"tools\":[{\"type\":\"function\",\"name\":\"end-call\"}]}";
    private static final String CONFIG = """
            {"AssetLoader": {"context": "defaultContext", "numbers": {"+15551110000": {"context": "sales"}}},
             "ConversationRelay": {"Configuration": {"welcomeGreeting": "Hello", "language": "en-US"}}}
            """;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Lines lines = new Lines();

    @BeforeEach
    void writeFiles() throws IOException {
        ProtocolCodec.install(vertx, List.of(AssetProtocol.class));
        write("serverConfig.json", CONFIG);
        write("defaultContext.md", "Default.");
        write("sales.md", "Sales.");
        write("spare.md", "Spare.");
        write("defaultToolManifest.json", END_CALL);
        write("spareTools.json", END_CALL);
        lines.attach();
    }

    @AfterEach
    void close() throws Exception {
        lines.detach();
        vertx.close().await(10, SECONDS);
    }

    @Test
    void choosesAndFinds() throws Exception {
        deploy();
        assertThat(chosen("+15550000000")).isEqualTo("Default.");
        assertThat(chosen("+15551110000")).isEqualTo("Sales.");
        var found = AssetBus.FIND.send(vertx, new Find("spare", "spareTools")).await(5, SECONDS);
        assertThat(found)
                .isEqualTo(new AssetProtocol.Found(
                        new AgentContext("spare", "Spare."), ToolManifest.of("spareTools", List.of("end-call"))));
        var failure = catchThrowableOfType(
                BusException.class,
                () -> AssetBus.FIND.send(vertx, new Find("nobody", null)).await(5, SECONDS));
        assertThat(failure.failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(failure).hasMessage("Context not found for key: nobody");
    }

    @Test
    void doesNotStartWithABrokenAgent() throws Exception {
        write("defaultContext.md", " ");
        write("serverConfig.json", CONFIG.replace("\"sales\"", "\"nobody\""));
        var failure = catchThrowableOfType(ConfigException.class, this::deploy);
        assertThat(failure.faults()).hasSize(2);
        assertThat(failure).hasMessageStartingWith("The agent's description has 2 faults:");
    }

    @Test
    void readsTexts() throws Exception {
        deploy();
        assertThat(texts(AssetKind.CONTEXT)).containsOnlyKeys("defaultContext", "sales", "spare");
        assertThat(texts(AssetKind.MANIFEST)).containsEntry("spareTools", END_CALL);
        assertThat(texts(AssetKind.SERVER_CONFIG)).isEqualTo(Map.of("serverConfig", CONFIG));
    }

    @Test
    void whatIsStoredIsInForceAtOnce() throws Exception {
        deploy();
        put(AssetKind.CONTEXT, Map.of("defaultContext", "Newer.", "vip", "---\nmodel: big\n---\nVip."));
        assertThat(chosen("")).isEqualTo("Newer.");
        assertThat(Files.readString(directory.resolve("vip.md"))).isEqualTo("---\nmodel: big\n---\nVip.");
        put(AssetKind.MANIFEST, Map.of("vip", "{\"tools\":[]}"));
        put(
                AssetKind.SERVER_CONFIG,
                Map.of("serverConfig", "{\"AssetLoader\":{\"contextName\":\"vip\",\"manifest\":\"vip\"}}"));
        var profile = profile("");
        assertThat(profile.context().text()).isEqualTo("Vip.");
        assertThat(profile.manifest()).isEqualTo(ToolManifest.of("vip", List.of()));
        assertThat(profile.relay().welcomeGreeting()).isEqualTo("Hello");
        assertThat(chosen("+15551110000")).isEqualTo("Sales.");
        assertThat(Files.readString(directory.resolve("serverConfig.json")))
                .contains("\"activeContextKey\" : \"vip\"")
                .doesNotContain("contextName", "\"context\" : \"defaultContext\"");
    }

    @Test
    void twoChangesAtOnceBothCount() throws Exception {
        deploy();
        var one = AssetBus.PUT.send(vertx, config("{\"ConversationRelay\":{\"Configuration\":{\"voice\":\"v\"}}}"));
        var other = AssetBus.PUT.send(vertx, config("{\"ConversationRelay\":{\"Configuration\":{\"hints\":\"h\"}}}"));
        one.await(5, SECONDS);
        other.await(5, SECONDS);
        assertThat(profile("").relay().attributes())
                .isEqualTo(Map.of("welcomeGreeting", "Hello", "language", "en-US", "voice", "v", "hints", "h"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CONTEXT | ../spare | x | \"../spare\" is no key",
                "CONTEXT | spare.md | x | is no key",
                "CONTEXT | `` | x | is no key",
                "CONTEXT | spare | ` ` | spare: spare.md is empty",
                "CONTEXT | spare | LONG | spare is larger than 1 MiB",
                "CONTEXT | spare | ---;mdl: x;---;y | spare: mdl is no key of a front matter; write provider or model",
                "MANIFEST | ../x | {'tools':[]} | \"../x\" is no key",
                "MANIFEST | serverConfig | {'tools':[]} | is the name of the server's configuration",
                "MANIFEST | SERVERCONFIG | {'tools':[]} | is the name of the server's configuration",
                "MANIFEST | m | { | m: m.json is not JSON",
                "MANIFEST | m | {} | m: tools is missing",
                "MANIFEST | m | {'tools':{}} | m: tools is not a list",
                "MANIFEST | m | {'tools':[{'name':'fly'}]} | names no tool that this server has; name some of end-call",
                "SERVER_CONFIG | other | {} | is not the key of the server's configuration",
                "SERVER_CONFIG | serverConfig | [] | holds no JSON object",
                "SERVER_CONFIG | serverConfig | {'a' | is not JSON",
                "SERVER_CONFIG | serverConfig | {'AssetLoader':{'context':'nobody'}} | \"nobody\" is not there; name one of",
                "SERVER_CONFIG | serverConfig | {'AssetLoader':{'manifest':'../x'}} | \"../x\" is not there",
                "SERVER_CONFIG | serverConfig | {'AssetLoader':{'manifest':5}} | is not a text",
                "SERVER_CONFIG | serverConfig | {'AssetLoader':{'context':'sales','contextName':'spare'}} | different values",
                "SERVER_CONFIG | serverConfig | {'AssetLoader':{'assetLoaderType':'j2'}} | write one of file, sync",
                "SERVER_CONFIG | serverConfig | {'AssetLoader':{'numbers':{'+15551119999':{'context':'x'}}}} | numbers.+15551119999.context \"x\"",
                "SERVER_CONFIG | serverConfig | {'ConversationRelay':{'Configuration':{'speechTimeout':1}}} | speechTimeout \"1\""
            })
    void refusesWithKeyAndProblemAndStoresNothing(AssetKind kind, String key, String text, String problem)
            throws Exception {
        deploy();
        var before = files();
        var good = kind == AssetKind.MANIFEST ? END_CALL : "Good.";
        var written = text.equals("LONG")
                ? "ä".repeat(1 << 19) + "x"
                : text.replace(';', '\n').replace('\'', '"');
        var texts =
                kind == AssetKind.SERVER_CONFIG ? Map.of(key, written) : Map.of(key, written, "aaa", good, "zzz", good);
        var failure = refused(new Put(kind, texts));
        assertThat(failure.failure()).isEqualTo(Failure.BAD_REQUEST);
        assertThat(failure).hasMessageContaining(problem);
        assertThat(files()).isEqualTo(before);
        assertThat(chosen("")).isEqualTo("Default.");
    }

    @Test
    void storesAllOrNothing() throws Exception {
        deploy();
        var random = new Random(7);
        for (int round = 0; round < 40; round++) {
            var texts = new TreeMap<String, String>();
            boolean isGood = true;
            for (int i = 0; i <= random.nextInt(5); i++) {
                boolean isBroken = random.nextInt(5) == 0;
                isGood &= !isBroken;
                texts.put("c" + i + "_" + round, isBroken ? " " : "Text " + round);
            }
            var before = texts(AssetKind.CONTEXT);
            var expected = new TreeMap<>(before);
            if (isGood) {
                put(AssetKind.CONTEXT, texts);
                expected.putAll(texts);
            } else {
                refused(new Put(AssetKind.CONTEXT, texts));
            }
            assertThat(texts(AssetKind.CONTEXT)).isEqualTo(expected);
            assertThat(new AssetDirectory(directory).read().contexts()).isEqualTo(expected);
        }
    }

    @Test
    void doesNotMergeIntoABrokenFile() throws Exception {
        deploy();
        write("serverConfig.json", "{\"by hand\":");
        var failure = refused(config("{\"AssetLoader\":{\"context\":\"spare\"}}"));
        assertThat(failure.failure()).isEqualTo(Failure.CONFLICT);
        assertThat(failure).hasMessageContaining("serverConfig as it is stored is broken");
        assertThat(Files.readString(directory.resolve("serverConfig.json"))).isEqualTo("{\"by hand\":");
    }

    @ParameterizedTest
    @CsvSource({
        "CONTEXT, defaultContext, CONFLICT",
        "CONTEXT, sales, CONFLICT",
        "CONTEXT, nobody, NOT_FOUND",
        "CONTEXT, ../sales, NOT_FOUND",
        "MANIFEST, defaultToolManifest, CONFLICT",
        "MANIFEST, serverConfig, NOT_FOUND",
        "SERVER_CONFIG, serverConfig, BAD_REQUEST"
    })
    void doesNotDeleteWhatIsInUseOrNotThere(AssetKind kind, String key, Failure expected) throws Exception {
        deploy();
        var before = files();
        var failure = catchThrowableOfType(
                BusException.class,
                () -> AssetBus.DELETE.send(vertx, new Delete(kind, key)).await(5, SECONDS));
        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void deletes() throws Exception {
        deploy();
        AssetBus.DELETE.send(vertx, new Delete(AssetKind.CONTEXT, "spare")).await(5, SECONDS);
        AssetBus.DELETE
                .send(vertx, new Delete(AssetKind.MANIFEST, "spareTools"))
                .await(5, SECONDS);
        assertThat(texts(AssetKind.CONTEXT)).containsOnlyKeys("defaultContext", "sales");
        assertThat(files())
                .containsOnlyKeys("serverConfig.json", "defaultContext.md", "sales.md", "defaultToolManifest.json");
    }

    @Test
    void changedAddedAndDeletedFilesCountForTheNextCall() throws Exception {
        deploy();
        write("defaultContext.md", "By hand.");
        write("added.md", "Added.");
        Files.delete(directory.resolve("spare.md"));
        lines.await("assets changed");
        assertThat(chosen("")).isEqualTo("By hand.");
        assertThat(texts(AssetKind.CONTEXT)).containsOnlyKeys("defaultContext", "sales", "added");
    }

    @Test
    void aRefusedWriteHidesNobodysEdit() throws Exception {
        deploy();
        write("defaultContext.md", "By hand.");
        assertThat(refused(new Put(AssetKind.CONTEXT, Map.of("x", ""))).failure())
                .isEqualTo(Failure.BAD_REQUEST);
        lines.await("assets changed");
        assertThat(chosen("")).isEqualTo("By hand.");
    }

    @Test
    void brokenFilesKeepTheLastGoodVersionAndAreReportedOnceUntilTheyAreGoodAgain() throws Exception {
        deploy();
        write("serverConfig.json", "{\"AssetLoader\":");
        write("defaultContext.md", "By hand.");
        assertThat(lines.await("an asset is broken"))
                .contains("serverConfig.json", "line 1", "is not JSON", "correct the commas");
        assertThat(chosen("")).isEqualTo("By hand.");
        assertThat(chosen("+15551110000")).isEqualTo("Sales.");
        write("serverConfig.json", CONFIG.replace("\"sales\"", "\"spare\""));
        lines.await("all assets are good again");
        assertThat(chosen("+15551110000")).isEqualTo("Spare.");
        assertThat(lines.reports).hasValue(1);
    }

    @Test
    void goesOnWithoutItsDirectoryUntilItIsBack() throws Exception {
        deploy();
        var aside = directory.resolveSibling(directory.getFileName() + "-aside");
        Files.move(directory, aside);
        lines.await("assets can't be read");
        assertThat(chosen("")).isEqualTo("Default.");
        var failure = refused(new Put(AssetKind.CONTEXT, Map.of("x", "X.")));
        assertThat(failure.failure()).isEqualTo(Failure.UNAVAILABLE);
        Files.writeString(aside.resolve("defaultContext.md"), "Back.");
        Files.move(aside, directory);
        lines.await("assets changed");
        assertThat(chosen("")).isEqualTo("Back.");
    }

    private void deploy() throws Exception {
        var silence = new SilenceSettings(true, Duration.ofSeconds(20), List.of());
        var rules = new AgentRules(Overrides.NONE, silence, Set.of("end-call"));
        vertx.deployVerticle(new AssetVerticle(new FileSource(vertx, directory), rules))
                .await(5, SECONDS);
    }

    private AgentProfile profile(String number) throws Exception {
        return AssetBus.CHOOSE
                .send(vertx, new Choose(number, Map.of()))
                .await(5, SECONDS)
                .profile();
    }

    private String chosen(String number) throws Exception {
        return profile(number).context().text();
    }

    private Map<String, String> texts(AssetKind kind) throws Exception {
        return AssetBus.READ.send(vertx, new Read(kind)).await(5, SECONDS).texts();
    }

    private void put(AssetKind kind, Map<String, String> texts) throws Exception {
        var stored = AssetBus.PUT.send(vertx, new Put(kind, texts)).await(5, SECONDS);
        assertThat(stored.keys()).containsExactlyInAnyOrderElementsOf(texts.keySet());
    }

    private BusException refused(Put put) {
        return catchThrowableOfType(
                BusException.class, () -> AssetBus.PUT.send(vertx, put).await(5, SECONDS));
    }

    private static Put config(String json) {
        return new Put(AssetKind.SERVER_CONFIG, Map.of("serverConfig", json));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Map<String, String> files() throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return found;
    }

    /** What the service logs, line by line. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger(AssetVerticle.class);
        private final AtomicInteger reports = new AtomicInteger();

        void attach() {
            start();
            logger.setLevel(Level.INFO);
            logger.addAppender(this);
        }

        void detach() {
            logger.detachAppender(this);
            logger.setLevel(null);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getMessage().startsWith("an asset is broken")) {
                reports.incrementAndGet();
            }
            queue.add(event.getFormattedMessage());
        }

        /** The next line that begins so; those before it are dropped. */
        String await(String beginning) throws InterruptedException {
            while (true) {
                var line = queue.poll(10, SECONDS);
                if (line == null) {
                    throw new AssertionError("never logged: " + beginning);
                }
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
        }
    }
}
