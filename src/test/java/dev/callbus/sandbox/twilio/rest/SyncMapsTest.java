package dev.callbus.sandbox.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Maps of the sandbox's Sync, and their items. */
class SyncMapsTest {
    private static final String MAPS = "/v1/Services/default/Maps";
    private static final String ITEMS = MAPS + "/contexts/Items";

    private SandboxSync sync;
    private TwilioClient client;

    @BeforeEach
    void start() {
        sync = SandboxSync.lifelike();
        client = sync.client();
        assertThat(client.post(MAPS, "UniqueName", "contexts").status()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        if (sync != null) {
            sync.close();
        }
    }

    @Test
    void keepsAMapUntilItIsDeleted() {
        var map = client.get(MAPS + "/contexts");
        assertThat(map.body().getJsonObject("links").getString("items")).isEqualTo(map.text("url") + "/Items");
        assertThat(client.get(MAPS).body().getJsonArray("maps")).hasSize(1);
        assertThat(client.post(MAPS + "/contexts", "Ttl", "5", "CollectionTtl", "60")
                        .text("date_expires"))
                .isEqualTo("2026-11-21T08:01:00Z");
        client.post(MAPS + "/contexts").isRefusal(400, 54010);
        client.post(MAPS, "UniqueName", "contexts").isRefusal(409, 54301);
        client.post(MAPS, "CollectionTtl", "-5").isRefusal(400, 54011);
        assertThat(client.delete(MAPS + "/" + map.text("sid")).status()).isEqualTo(204);
        client.get(MAPS + "/contexts").isRefusal(404, 20404);
        client.get(ITEMS).isRefusal(404, 20404);
    }

    @Test
    void keepsAnItemUntilItIsDeleted() {
        var made = client.post(ITEMS, "Key", "help desk/en", "Data", "{\"text\": \"You are…\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("revision")).isEqualTo("0");
        var path = made.text("url").substring(sync.baseUrl().length());
        assertThat(path).endsWith("/Items/help%20desk%2Fen");
        assertThat(client.get(path).body().getJsonObject("data").getString("text"))
                .isEqualTo("You are…");
        var changed = client.post(path, "Data", "{\"text\": \"I am\"}", "CollectionTtl", "60");
        assertThat(changed.text("revision")).isEqualTo("1");
        assertThat(changed.response().getHeader("ETag")).isEqualTo("1");
        var map = client.get(MAPS + "/contexts");
        assertThat(map.text("revision")).isEqualTo("2");
        assertThat(map.text("date_expires")).isEqualTo("2026-11-21T08:01:00Z");
        assertThat(client.delete(path).status()).isEqualTo(204);
        client.get(path).isRefusal(404, 20404);
        client.post(path, "Data", "{}").isRefusal(404, 20404);
        client.delete(path).isRefusal(404, 20404);
    }

    @Test
    void refusesAnItemThatIsWrong() {
        assertThat(client.post(ITEMS, "Key", "k".repeat(320), "Data", "{}").status())
                .isEqualTo(201);
        client.post(ITEMS, "Key", "k".repeat(320), "Data", "{}").isRefusal(409, 54208);
        client.post(ITEMS, "Key", "k".repeat(321), "Data", "{}").isRefusal(400, 54209);
        client.post(ITEMS, "Data", "{}").isRefusal(400, 54209);
        client.post(ITEMS, "Key", "k").isRefusal(400, 54206);
        client.post(ITEMS, "Key", "k", "Data", "{").isRefusal(400, 54008);
        client.post(ITEMS, "Key", "k", "Data", "{\"d\": \"" + "x".repeat(17_000) + "\"}")
                .isRefusal(413, 54006);
        client.post(ITEMS, "Key", "k", "Data", "{}", "ItemTtl", "x").isRefusal(400, 54011);
        client.post(ITEMS, "Key", "k", "Data", "{}", "CollectionTtl", "x").isRefusal(400, 54011);
        client.get(ITEMS + "/k").isRefusal(404, 20404);
    }

    @Test
    void changesAnItemOnlyAtTheRevisionThatIsExpected() {
        client.post(ITEMS, "Key", "k", "Data", "{}");
        assertThat(client.postIfMatch("0", ITEMS + "/k", "Data", "{\"a\": 1}").text("revision"))
                .isEqualTo("1");
        client.postIfMatch("0", ITEMS + "/k", "Data", "{}").isRefusal(412, 54205);
        client.deleteIfMatch("0", ITEMS + "/k").isRefusal(412, 54205);
        client.deleteIfMatch("\"1\"", ITEMS + "/k").isRefusal(400, 54003);
        client.post(ITEMS + "/k", "CollectionTtl", "5").isRefusal(400, 54010);
        assertThat(client.deleteIfMatch("1", ITEMS + "/k").status()).isEqualTo(204);
    }

    @Test
    void listsItemsPageByPageInTheOrderOfTheirKeys() {
        for (var key : List.of("c", "a", "e", "b", "d")) {
            client.post(ITEMS, "Key", key, "Data", "{}");
        }
        var first = client.get(ITEMS + "?PageSize=2");
        assertThat(keys(first)).containsExactly("a", "b");
        assertThat(first.body().getJsonObject("meta").getString("key")).isEqualTo("items");
        client.delete(ITEMS + "/a");
        var second = follow(first);
        assertThat(keys(second)).containsExactly("c", "d");
        assertThat(keys(follow(second))).containsExactly("e");
        var falling = client.get(ITEMS + "?Order=desc&From=d&Bounds=exclusive&PageSize=1");
        assertThat(keys(falling)).containsExactly("c");
        assertThat(keys(follow(falling))).containsExactly("b");
        client.get(ITEMS + "?Order=random").isRefusal(400, 20001);
        client.get(ITEMS + "?PageSize=0").isRefusal(400, 20001);
    }

    @Test
    void forgetsItemsAndMapsWhoseTimeIsOver() {
        client.post(ITEMS, "Key", "k", "Data", "{}", "Ttl", "1", "ItemTtl", "60");
        client.post(ITEMS, "Key", "l", "Data", "{}", "CollectionTtl", "90");
        sync.clock.pass(Duration.ofSeconds(60));
        assertThat(keys(client.get(ITEMS))).containsExactly("l");
        sync.clock.pass(Duration.ofSeconds(30));
        client.get(ITEMS).isRefusal(404, 20404);
    }

    private TwilioClient.Answer follow(TwilioClient.Answer answer) {
        var next = answer.body().getJsonObject("meta").getString("next_page_url");
        return client.get(next.substring(sync.baseUrl().length()));
    }

    private static List<String> keys(TwilioClient.Answer answer) {
        return answer.body().getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("key"))
                .toList();
    }
}
