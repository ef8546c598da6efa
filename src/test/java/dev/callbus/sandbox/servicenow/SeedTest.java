package dev.callbus.sandbox.servicenow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.servicenow.ServiceNowOptions.Database;
import dev.callbus.sandbox.servicenow.platform.Operation;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new instance holds, and what an old one still does. */
class SeedTest {

    @Test
    void isTheSameInEachNewInstance() throws Exception {
        try (var one = new SandboxInstance();
                var other = new SandboxInstance()) {
            for (var table : List.of("incident", "sys_user_group", "sys_choice", "sys_journal_field")) {
                assertThat(text(one, table)).isEqualTo(text(other, table));
            }
        }
    }

    @Test
    void hasTheCallersThatDemosCountOn() throws Exception {
        try (var instance = new SandboxInstance()) {
            var client = instance.client();
            assertThat(client.find("sys_user", "mobile_phone=+1 (555) 000-1111^name=Alex Morgan")
                            .results())
                    .hasSize(1);
            assertThat(client.find("incident", "caller_id.name=Alex Morgan").results())
                    .hasSize(3);
            assertThat(client.find("incident", "caller_id.name=Alex Morgan^active=true")
                            .results())
                    .hasSize(2);
            assertThat(client.find("sys_user", "mobile_phone=+1 555 000 3333^name=Dana Whitfield")
                            .results())
                    .hasSize(1);
            assertThat(client.find("incident", "caller_id.name=Dana Whitfield^active=true")
                            .results())
                    .isNotEmpty();
            assertThat(client.find("sys_user", "home_phone=555 000 7781").results())
                    .hasSize(2);
            assertThat(client.find("sys_user", "active=false").results()).hasSize(1);
            assertThat(client.find("sys_user", "locked_out=true").results()).hasSize(1);
            assertThat(client.find("sys_user", "user_nameLIKE.^phoneISEMPTY^mobile_phoneISEMPTY^home_phoneISEMPTY")
                            .results())
                    .isNotEmpty();
            assertThat(client.find("sys_choice", "name=incident^element=close_code^inactive=false")
                            .results())
                    .hasSize(10);
            assertThat(instance.server.ledger().entries()).isEmpty();
        }
    }

    @Test
    void keepsRecordsInAFileAndGoesOnCounting(@TempDir Path folder) throws Exception {
        var database = new Database.InFile(folder.resolve("instance"));
        String number;
        try (var first = new SandboxInstance(options -> options.withDatabase(database))) {
            number = first.client()
                    .insert("incident", new JsonObject().put("correlation_id", "kept"))
                    .result()
                    .getString("number");
        }
        try (var second = new SandboxInstance(options -> options.withDatabase(database))) {
            assertThat(second.server.ledger().incidents("kept"))
                    .singleElement()
                    .satisfies(incident -> assertThat(incident).containsEntry("number", number));
            assertThat(second.client()
                            .insert("incident", new JsonObject())
                            .result()
                            .getString("number"))
                    .isGreaterThan(number);
            assertThat(second.client().find("incident", "").header("X-Total-Count"))
                    .isEqualTo("202");
        }
    }

    @Test
    void failsToStartAtATakenPort() throws Exception {
        try (var instance = new SandboxInstance()) {
            var port = Integer.parseInt(instance.server.baseUrl().replaceAll(".*:", ""));
            var second = new ServiceNowServer(instance.vertx, SandboxInstance.OPTIONS.withPort(port)).start();

            assertThat(second.<Object>map(started -> "started")
                            .otherwise("failed")
                            .await(10, SECONDS))
                    .isEqualTo("failed");
        }
    }

    @Test
    void tellsWhatWasCommitted() throws Exception {
        try (var instance = new SandboxInstance()) {
            var client = instance.client();
            var id = client.insert(
                            "incident",
                            new JsonObject().put("correlation_id", "CA7").put("comments", "hello"))
                    .result()
                    .getString("sys_id");
            client.update("incident", id, new JsonObject().put("urgency", "1"));
            instance.admin().send("DELETE", "/api/now/table/incident/" + id, null);

            var entries = instance.server.ledger().entries("incident");
            assertThat(entries)
                    .extracting(Ledger.Entry::operation)
                    .containsExactly(Operation.INSERT, Operation.UPDATE, Operation.DELETE);
            assertThat(entries).extracting(Ledger.Entry::correlationId).containsOnly("CA7");
            assertThat(entries.getFirst().changes())
                    .containsEntry("comments", "hello")
                    .containsEntry("priority", "5");
            assertThat(entries.get(1).changes())
                    .containsOnlyKeys("urgency", "priority", "sys_mod_count")
                    .containsEntry("priority", "3");
            assertThat(instance.server.ledger().record("incident", id)).isEmpty();
        }
    }

    private static String text(SandboxInstance instance, String table) throws Exception {
        return instance.admin()
                .list(table, "sysparm_query", "ORDERBYsys_id", "sysparm_exclude_reference_link", "true")
                .body();
    }
}
