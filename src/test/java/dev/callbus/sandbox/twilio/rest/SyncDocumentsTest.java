package dev.callbus.sandbox.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services and documents of the sandbox's Sync. */
class SyncDocumentsTest {
    private static final String DOCUMENTS = "/v1/Services/default/Documents";

    private SandboxSync sync;
    private TwilioClient client;

    @BeforeEach
    void start() {
        sync = SandboxSync.lifelike();
        client = sync.client();
    }

    @AfterEach
    void stop() {
        if (sync != null) {
            sync.close();
        }
    }

    @Test
    void findsServicesBySidAndTheDefaultOneByItsNameOnly() {
        var made = client.post("/v1/Services", "FriendlyName", "Help desk", "AclEnabled", "true");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().getBoolean("acl_enabled")).isTrue();
        assertThat(client.get("/v1/Services/" + made.text("sid")).text("friendly_name"))
                .isEqualTo("Help desk");
        assertThat(client.get("/v1/Services/default").text("unique_name")).isEqualTo("default");
        assertThat(client.get("/v1/Services").body().getJsonArray("services")).hasSize(2);
        client.get("/v1/Services/Help%20desk").isRefusal(404, 20404);
        client.post("/v1/Services/Help%20desk/Maps").isRefusal(404, 20404);
        client.post("/v1/Services", "AclEnabled", "perhaps").isRefusal(400, 20001);
    }

    @Test
    void keepsADocumentUntilItIsDeleted() {
        var made = client.post(DOCUMENTS, "UniqueName", "greeting", "Data", "{\"text\": \"Hello\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("revision")).isEqualTo("0");
        assertThat(made.response().getHeader("ETag")).isEqualTo("0");
        assertThat(made.text("date_created")).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(made.text("url")).startsWith(sync.baseUrl() + "/v1/Services/IS");
        var changed = client.post(DOCUMENTS + "/greeting", "Data", "{\"text\": \"Good morning\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("revision")).isEqualTo("1");
        assertThat(client.get(DOCUMENTS + "/" + made.text("sid")).body().getJsonObject("data"))
                .isEqualTo(new JsonObject().put("text", "Good morning"));
        assertThat(client.delete(DOCUMENTS + "/greeting").status()).isEqualTo(204);
        client.get(DOCUMENTS + "/greeting").isRefusal(404, 20404);
        client.post(DOCUMENTS + "/greeting", "Data", "{}").isRefusal(404, 20404);
        client.delete(DOCUMENTS + "/greeting").isRefusal(404, 20404);
    }

    @Test
    void changesADocumentOnlyAtTheRevisionThatIsExpected() {
        client.post(DOCUMENTS, "UniqueName", "d", "Data", "{}");
        assertThat(client.postIfMatch("0", DOCUMENTS + "/d", "Data", "{\"a\": 1}")
                        .text("revision"))
                .isEqualTo("1");
        client.postIfMatch("0", DOCUMENTS + "/d", "Data", "{\"a\": 2}").isRefusal(412, 54103);
        client.deleteIfMatch("0", DOCUMENTS + "/d").isRefusal(412, 54103);
        client.postIfMatch("newest", DOCUMENTS + "/d", "Data", "{}").isRefusal(400, 54003);
        assertThat(client.get(DOCUMENTS + "/d").body().getJsonObject("data").getInteger("a"))
                .isEqualTo(1);
        assertThat(client.deleteIfMatch("1", DOCUMENTS + "/d").status()).isEqualTo(204);
    }

    @Test
    void takesDataOfSixteenKibibytesAndNoMore() {
        var frame = "{\"d\": \"\"}".length();
        var largest = "{\"d\": \"" + "x".repeat(16 * 1024 - frame) + "\"}";
        assertThat(client.post(DOCUMENTS, "UniqueName", "d", "Data", largest).status())
                .isEqualTo(201);
        client.post(DOCUMENTS, "Data", largest + " ").isRefusal(413, 54006);
        client.post(DOCUMENTS + "/d", "Data", largest + " ").isRefusal(413, 54006);
        client.post(DOCUMENTS, "Data", "{\"d\": \"" + "é".repeat(9000) + "\"}").isRefusal(413, 54006);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "no", "{} {}", "[1]", "{firstName:'Alice'}"})
    void refusesDataThatAreNoJsonObject(String data) {
        client.post(DOCUMENTS, "Data", data).isRefusal(400, 54008);
    }

    @Test
    void refusesANameThatIsTakenOrIsNone() {
        client.post(DOCUMENTS, "UniqueName", "d");
        client.post(DOCUMENTS, "UniqueName", "d").isRefusal(409, 54301);
        client.post(DOCUMENTS, "UniqueName", "n".repeat(257)).isRefusal(400, 54302);
        client.post(DOCUMENTS, "UniqueName", Sid.create("ET")).isRefusal(400, 54302);
        client.post(DOCUMENTS + "/d", "Colour", "blue").isRefusal(400, 54010);
    }

    @ParameterizedTest
    @CsvSource({"-1", "31536001", "soon", "1.5"})
    void refusesATtlThatIsNone(String ttl) {
        client.post(DOCUMENTS, "Ttl", ttl).isRefusal(400, 54011);
    }

    @Test
    void forgetsADocumentWhoseTimeIsOver() {
        var made = client.post(DOCUMENTS, "UniqueName", "d", "Ttl", "60");
        assertThat(made.text("date_expires")).isEqualTo("2026-11-21T08:01:00Z");
        sync.clock.pass(Duration.ofSeconds(59));
        assertThat(client.post(DOCUMENTS + "/d", "Ttl", "60").text("date_expires"))
                .isEqualTo("2026-11-21T08:01:59Z");
        sync.clock.pass(Duration.ofSeconds(60));
        client.get(DOCUMENTS + "/d").isRefusal(404, 20404);
        assertThat(client.post(DOCUMENTS, "UniqueName", "d", "Ttl", "60").status())
                .isEqualTo(201);
        assertThat(client.post(DOCUMENTS + "/d", "Ttl", "0").body().getValue("date_expires"))
                .isNull();
    }

    @Test
    void listsDocumentsPageByPage() {
        for (var i = 0; i < 5; i++) {
            client.post(DOCUMENTS, "UniqueName", "d" + i);
            sync.clock.pass(Duration.ofMillis(1));
        }
        var first = client.get(DOCUMENTS + "?PageSize=2");
        assertThat(names(first)).containsExactly("d0", "d1");
        client.delete(DOCUMENTS + "/d0");
        var second = client.get(next(first, "next_page_url"));
        assertThat(names(second)).containsExactly("d2", "d3");
        var third = client.get(next(second, "next_page_url"));
        assertThat(names(third)).containsExactly("d4");
        assertThat(third.body().getJsonObject("meta").getValue("next_page_url")).isNull();
        assertThat(names(client.get(next(third, "previous_page_url")))).containsExactly("d2", "d3");
        client.get(DOCUMENTS + "?PageSize=101").isRefusal(400, 20001);
        client.get(DOCUMENTS + "?Page=1").isRefusal(400, 20001);
        client.get(DOCUMENTS + "?Page=1&PageToken=PT!").isRefusal(400, 20001);
    }

    private String next(TwilioClient.Answer answer, String member) {
        return answer.body()
                .getJsonObject("meta")
                .getString(member)
                .substring(sync.baseUrl().length());
    }

    private static java.util.List<String> names(TwilioClient.Answer answer) {
        return answer.body().getJsonArray("documents").stream()
                .map(document -> ((JsonObject) document).getString("unique_name"))
                .toList();
    }
}
