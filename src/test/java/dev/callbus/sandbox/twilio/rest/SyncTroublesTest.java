package dev.callbus.sandbox.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpClosedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What goes wrong with the sandbox's Sync: too many requests, a restart, faults that are ordered. */
class SyncTroublesTest {
    private static final String MAPS = "/v1/Services/default/Maps";
    private static final String ITEMS = MAPS + "/m/Items";

    @Test
    void refusesMoreWritesToAMapThanItsRateAllows() {
        try (var sync = SandboxSync.limited(2, 3, Duration.ofSeconds(1))) {
            var client = sync.client();
            client.post(MAPS, "UniqueName", "m");
            client.post(MAPS, "UniqueName", "other");
            client.post(ITEMS, "Key", "a", "Data", "{}");
            client.post(ITEMS + "/a", "Data", "{}");
            client.post(ITEMS + "/a", "Data", "{}").isRefusal(429, 54009);
            client.delete(ITEMS + "/a").isRefusal(429, 54009);
            assertThat(client.get(ITEMS + "/a").text("revision")).isEqualTo("1");
            assertThat(client.post(MAPS + "/other", "Ttl", "60").status()).isEqualTo(200);
            sync.clock.pass(Duration.ofMillis(500));
            assertThat(client.delete(ITEMS + "/a").status()).isEqualTo(204);
            client.post(ITEMS, "Key", "a", "Data", "{}").isRefusal(429, 54009);
        }
    }

    @Test
    void refusesMoreReadsOfADocumentThanItsRateAllows() {
        try (var sync = SandboxSync.limited(2, 2, Duration.ofSeconds(1))) {
            var client = sync.client();
            client.post("/v1/Services/default/Documents", "UniqueName", "d");
            var path = "/v1/Services/default/Documents/d";
            client.get(path);
            client.get(path);
            client.get(path).isRefusal(429, 54009);
            sync.clock.pass(Duration.ofSeconds(1));
            assertThat(client.get(path).status()).isEqualTo(200);
        }
    }

    @Test
    void allowsABurstOfTenSeconds() {
        try (var sync = SandboxSync.lifelike()) {
            var client = sync.client();
            client.post(MAPS, "UniqueName", "m");
            for (var i = 0; i < 200; i++) {
                assertThat(client.get(ITEMS).status()).isEqualTo(200);
            }
            client.get(ITEMS).isRefusal(429, 54009);
        }
    }

    @Test
    void remembersEverythingWhenTheServerComesBack() {
        try (var sync = SandboxSync.lifelike()) {
            sync.client().post(MAPS, "UniqueName", "m");
            var before = sync.client().post(ITEMS, "Key", "a", "Data", "{\"n\": 1}");
            var service = sync.client().get("/v1/Services/default").text("sid");
            sync.kill();
            var dead = sync.client();
            assertThatThrownBy(() -> dead.get(ITEMS)).isInstanceOf(java.net.ConnectException.class);
            sync.revive();
            var after = sync.client().get("/v1/Services/" + service + "/Maps/m/Items/a");
            assertThat(after.body().getJsonObject("data").getInteger("n")).isEqualTo(1);
            assertThat(after.text("revision")).isEqualTo(before.text("revision"));
            assertThat(after.text("map_sid")).isEqualTo(before.text("map_sid"));
            sync.client().postIfMatch("0", ITEMS + "/a", "Data", "{\"n\": 2}");
            sync.client().postIfMatch("0", ITEMS + "/a", "Data", "{\"n\": 3}").isRefusal(412, 54205);
        }
    }

    @Test
    void failsAsManyRequestsAsOrdered() {
        try (var sync = SandboxSync.lifelike()) {
            sync.faults().failNext(2, 503);
            var client = sync.client();
            client.post(MAPS, "UniqueName", "m").isRefusal(503, 20503);
            client.get(MAPS).isRefusal(503, 20503);
            assertThat(client.get(MAPS).body().getJsonArray("maps")).isEmpty();
        }
    }

    @Test
    void doesNothingWhenItHangsUpBefore() {
        try (var sync = SandboxSync.lifelike()) {
            var client = sync.client();
            sync.faults().hangUpBeforeNext(1);
            assertThatThrownBy(() -> client.post(MAPS, "UniqueName", "m")).isInstanceOf(HttpClosedException.class);
            assertThat(client.post(MAPS, "UniqueName", "m").status()).isEqualTo(201);
        }
    }

    @Test
    void hasDoneTheWriteWhoseAnswerIsLost() {
        try (var sync = SandboxSync.lifelike()) {
            var client = sync.client();
            sync.faults().loseAnswersOfNext(1);
            assertThatThrownBy(() -> client.post(MAPS, "UniqueName", "m")).isInstanceOf(HttpClosedException.class);
            client.post(MAPS, "UniqueName", "m").isRefusal(409, 54301);
            client.post(ITEMS, "Key", "a", "Data", "{}");
            sync.faults().loseAnswersOfNext(1);
            assertThatThrownBy(() -> client.delete(ITEMS + "/a")).isInstanceOf(HttpClosedException.class);
            client.delete(ITEMS + "/a").isRefusal(404, 20404);
        }
    }
}
