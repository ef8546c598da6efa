package dev.callbus.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callbus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSyncTest {
    private static final TwilioProtocol.EnsureSync WANTED =
            new TwilioProtocol.EnsureSync("Relay", List.of("Context", "Tools"), List.of("config"));
    private static final TwilioProtocol.ReadSyncMap READ = new TwilioProtocol.ReadSyncMap("IS1", "Context");

    private TwilioRig rig;
    private PlayedSync sync;

    @BeforeEach
    void start() throws Exception {
        rig = TwilioRig.started();
        sync = rig.twilio.sync;
        sync.maps.put("Context", new LinkedHashMap<>());
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void makesWhatIsMissingOnce() throws Exception {
        var first = rig.done(TwilioBus.SYNC_ENSURE, WANTED);
        var second = rig.done(TwilioBus.SYNC_ENSURE, WANTED);

        assertThat(second).isEqualTo(first);
        assertThat(sync.services).hasSize(1);
        assertThat(sync.maps.keySet()).isEqualTo(Set.of("Context", "Tools"));
        assertThat(rig.twilio.last("POST", "/Documents").form().get("Data")).isEqualTo("{}");
        assertThat(rig.twilio.count("POST", "/Maps")).isEqualTo(1);
        assertThat(rig.twilio.count("POST", "/Documents")).isEqualTo(1);
    }

    @Test
    void findsTheServiceOnALaterPage() throws Exception {
        IntStream.range(0, 7).forEach(i -> sync.services.add(other(i)));
        sync.services.add(PlayedSync.service("ISrelay", "Relay", "2026-01-01T00:00:00Z"));
        sync.pageSize = 3;
        assertThat(rig.done(TwilioBus.SYNC_ENSURE, WANTED).serviceSid()).isEqualTo("ISrelay");
        assertThat(rig.twilio.count("POST", "/Services")).isZero();
    }

    @Test
    void ofTwoThatWereMadeAtTheSameTimeTheOlderIsUsed() throws Exception {
        sync.rival = PlayedSync.service("ISrival", "Relay", "2026-11-21T09:59:59Z");
        assertThat(rig.done(TwilioBus.SYNC_ENSURE, WANTED).serviceSid()).isEqualTo("ISrival");
    }

    @Test
    void ofTwoOfTheSameSecondTheSmallerSidIsUsed() throws Exception {
        sync.rival = PlayedSync.service("IS00", "Relay", "2026-11-21T10:00:00Z");
        assertThat(rig.done(TwilioBus.SYNC_ENSURE, WANTED).serviceSid()).isEqualTo("IS00");
    }

    @Test
    void aServiceThatIsNotThereAfterAFailureIsLeftOpen() {
        rig.twilio.script("POST", "/Services", 500, 0, "");
        rig.fails(TwilioBus.SYNC_ENSURE, WANTED, Failure.BAD_GATEWAY);
        assertThat(rig.twilio.count("POST", "/Services")).isEqualTo(1);
    }

    @Test
    void aMapThatSomebodyElseMadeMeanwhileIsFine() throws Exception {
        rig.twilio.script("POST", "/Maps", 409, 54301, "unique name");
        rig.twilio.script("POST", "/Documents", 409, 54301, "unique name");
        assertThat(rig.done(TwilioBus.SYNC_ENSURE, WANTED).serviceSid()).startsWith("IS");
    }

    @Test
    void concurrentEnsuresAgree() throws Exception {
        var one = TwilioBus.SYNC_ENSURE.send(rig.vertx, WANTED);
        var two = TwilioBus.SYNC_ENSURE.send(rig.vertx, WANTED);
        Future.all(one, two).await(10, SECONDS);
        assertThat(one.result()).isEqualTo(two.result());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsAllPagesOfAMap(boolean emptyPage) throws Exception {
        sync.emptyPageInTheMiddle = emptyPage;
        for (int i = 0; i < 250; i++) {
            write("k" + i, "{\"n\":" + i + "}", null);
        }
        var items = rig.done(TwilioBus.SYNC_READ_MAP, READ).items();
        assertThat(items).extracting(TwilioProtocol.SyncItem::key).hasSize(250).doesNotHaveDuplicates();
        assertThat(items.get(201).data()).isEqualTo("{\"n\":201}");
        assertThat(items.get(201).updatedAt()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(rig.twilio.count("GET", "/Items")).isEqualTo(emptyPage ? 4 : 3);
    }

    @Test
    void dataSurvivesTheWay() throws Exception {
        var data =
                "{\"t\":\"a\\n\\\"\u00fc\u20ac\",\"n\":12345678901234567890,\"d\":0.1,\"l\":[{},null,true],\"o\":{\"x\":[]}}";
        write("k", data, null);
        var read = rig.done(TwilioBus.SYNC_READ_MAP, READ).items().getFirst().data();
        var json = new ObjectMapper();
        assertThat(json.readTree(read)).isEqualTo(json.readTree(data));
        assertThat(rig.twilio.last("POST", "/Items").form().get("Data")).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "nonsense", ""})
    void onlyObjectsAreWritten(String data) {
        rig.fails(
                TwilioBus.SYNC_WRITE_ITEM,
                new TwilioProtocol.WriteSyncItem("IS1", "Context", "k", data, null),
                Failure.BAD_REQUEST);
        assertThat(rig.twilio.received).isEmpty();
    }

    @Test
    void anItemIsWrittenOverTheRevisionThatWasReadOnly() throws Exception {
        var made = write("k", "{}", null);
        conflict("k", null);
        var changed = write("k", "{\"a\":1}", made.revision());
        conflict("k", made.revision());

        assertThat(changed.data()).isEqualTo("{\"a\":1}");
        assertThat(changed.revision()).isNotEqualTo(made.revision());
        rig.fails(
                TwilioBus.SYNC_WRITE_ITEM,
                new TwilioProtocol.WriteSyncItem("IS1", "Context", "gone", "{}", "r1"),
                Failure.NOT_FOUND);
    }

    @Test
    void anItemIsDeletedAtTheRevisionThatWasReadOnly() throws Exception {
        var made = write("k", "{}", null);
        rig.fails(TwilioBus.SYNC_DELETE_ITEM, delete("other"), Failure.CONFLICT);
        rig.done(TwilioBus.SYNC_DELETE_ITEM, delete(made.revision()));
        rig.fails(TwilioBus.SYNC_DELETE_ITEM, delete(made.revision()), Failure.NOT_FOUND);
    }

    @Test
    void aDocumentIsReadAndWritten() throws Exception {
        sync.documents.put(
                "config", new JsonObject().put("data", new JsonObject()).put("revision", "r0"));
        var read = rig.done(TwilioBus.SYNC_READ_DOCUMENT, new TwilioProtocol.ReadSyncDocument("IS1", "config"));
        assertThat(read).isEqualTo(new TwilioProtocol.SyncItem("config", "{}", "r0", ""));

        var change = new TwilioProtocol.WriteSyncDocument("IS1", "config", "{\"a\":1}", "r0");
        var written = rig.done(TwilioBus.SYNC_WRITE_DOCUMENT, change);
        assertThat(written.data()).isEqualTo("{\"a\":1}");
        rig.fails(TwilioBus.SYNC_WRITE_DOCUMENT, change, Failure.CONFLICT);
        rig.fails(
                TwilioBus.SYNC_READ_DOCUMENT, new TwilioProtocol.ReadSyncDocument("IS1", "missing"), Failure.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "0", "429"})
    void aReadIsTriedAgain(int status) throws Exception {
        rig.twilio.script("GET", "/Items", status, 0, "");
        rig.twilio.script("GET", "/Items", status, 0, "");
        assertThat(rig.done(TwilioBus.SYNC_READ_MAP, READ).items()).isEmpty();
        assertThat(rig.twilio.count("GET", "/Items")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"500,UNAVAILABLE", "0,UNAVAILABLE", "429,BUSY"})
    void aReadThatKeepsFailingIsGivenUp(int status, Failure failure) {
        IntStream.range(0, 9).forEach(i -> rig.twilio.script("GET", "/Items", status, 54009, ""));
        rig.fails(TwilioBus.SYNC_READ_MAP, READ, failure);
        // the JDK's client asks once more by itself when a connection that it had used before is closed
        assertThat(rig.twilio.count("GET", "/Items")).isBetween(4L, 8L);
    }

    @ParameterizedTest
    @CsvSource({"500", "0", "502"})
    void aWriteIsNotRepeated(int status) {
        rig.twilio.script("POST", "/Items", status, 0, "");
        rig.fails(
                TwilioBus.SYNC_WRITE_ITEM,
                new TwilioProtocol.WriteSyncItem("IS1", "Context", "k", "{}", null),
                Failure.BAD_GATEWAY);
        assertThat(rig.twilio.count("POST", "/Items")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"201", "200"})
    void anAnswerThatCannotBeReadProvesNothing(int status) {
        rig.twilio.scripted.add(new PlayedTwilio.Scripted("POST", "/Items", status, "<html>"));
        rig.fails(
                TwilioBus.SYNC_WRITE_ITEM,
                new TwilioProtocol.WriteSyncItem("IS1", "Context", "k", "{}", null),
                Failure.BAD_GATEWAY);
    }

    private TwilioProtocol.SyncItem write(String key, String data, @Nullable String revision) throws Exception {
        return rig.done(
                TwilioBus.SYNC_WRITE_ITEM, new TwilioProtocol.WriteSyncItem("IS1", "Context", key, data, revision));
    }

    private void conflict(String key, @Nullable String revision) {
        rig.fails(
                TwilioBus.SYNC_WRITE_ITEM,
                new TwilioProtocol.WriteSyncItem("IS1", "Context", key, "{}", revision),
                Failure.CONFLICT);
    }

    private static TwilioProtocol.DeleteSyncItem delete(String revision) {
        return new TwilioProtocol.DeleteSyncItem("IS1", "Context", "k", revision);
    }

    private static JsonObject other(int number) {
        return PlayedSync.service("IS" + number, "other", "2026-01-01T00:00:00Z");
    }
}
