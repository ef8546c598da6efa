package dev.callbus.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files that belong to records. */
class AttachmentsTest {
    private static final String FILES = "/api/now/attachment";

    private static SandboxInstance instance;

    @BeforeAll
    static void start() throws TimeoutException {
        instance = new SandboxInstance();
    }

    @AfterAll
    static void close() throws TimeoutException {
        instance.close();
    }

    @Test
    void attachesShowsAndRemovesAFile() throws Exception {
        var client = instance.client();
        var incident = newIncident();
        var added = attach(client, "incident", incident, "Hello, caller.");
        var file = added.result();
        var path = FILES + '/' + file.getString("sys_id");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.header("Location")).isEqualTo(instance.server.baseUrl() + path);
        assertThat(file.getString("size_bytes")).isEqualTo("14");
        assertThat(file.getString("content_type")).isEqualTo("text/plain");
        assertThat(file.getString("file_name")).isEqualTo("call.txt");
        assertThat(file.getString("table_sys_id")).isEqualTo(incident);
        assertThat(file.getString("download_link")).isEqualTo(instance.server.baseUrl() + path + "/file");
        assertThat(client.get(path).result()).isEqualTo(file);
        assertThat(client.get(FILES, "sysparm_query", "table_name=incident^table_sys_id=" + incident)
                        .results())
                .containsExactly(file);
        var content = client.with("Accept", "*/*").get(path + "/file");
        assertThat(content.body()).isEqualTo("Hello, caller.");
        assertThat(content.header("Content-Type")).isEqualTo("text/plain");
        assertThat(instance.server.ledger().attachments(incident))
                .containsExactly(new Ledger.AttachedFile(file.getString("sys_id"), "call.txt", "text/plain", 14));

        assertThat(client.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(instance.server.ledger().attachments(incident)).isEmpty();
    }

    @Test
    void refusesFilesForRecordsThatAreNotToBeSeen() throws Exception {
        var hidden = instance.admin()
                .find("incident", "category=security")
                .results()
                .getJsonObject(0)
                .getString("sys_id");
        var file =
                attach(instance.admin(), "incident", hidden, "secret").result().getString("sys_id");

        assertThat(attach(instance.client(), "incident", hidden, "x").status()).isEqualTo(404);
        assertThat(attach(instance.client(), "nothing", hidden, "x").status()).isEqualTo(400);
        assertThat(instance.client().get(FILES + '/' + file).status()).isEqualTo(404);
        assertThat(instance.client().get(FILES + '/' + file + "/file").status()).isEqualTo(404);
        assertThat(instance.client()
                        .get(FILES, "sysparm_query", "table_sys_id=" + hidden)
                        .results())
                .isEmpty();
    }

    @Test
    void refusesFilesWithoutANameOrAType() throws Exception {
        var body = "x".getBytes(StandardCharsets.UTF_8);
        var nameless = FILES + "/file?table_name=incident&table_sys_id=" + newIncident();

        assertThat(instance.client()
                        .with("Content-Type", "text/plain")
                        .send("POST", nameless, body)
                        .status())
                .isEqualTo(400);
        assertThat(instance.client()
                        .send("POST", nameless + "&file_name=x", body)
                        .status())
                .isEqualTo(415);
    }

    private static TableClient.Answer attach(TableClient client, String table, String id, String text)
            throws Exception {
        var path = FILES + "/file?table_name=" + table + "&table_sys_id=" + id + "&file_name=call.txt";
        return client.with("Content-Type", "text/plain").send("POST", path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String newIncident() throws Exception {
        return instance.client().insert("incident", new JsonObject()).result().getString("sys_id");
    }
}
