package dev.callbus.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and in which words. */
class RefusalsTest {
    private static SandboxInstance instance;

    @BeforeAll
    static void start() throws TimeoutException {
        instance = new SandboxInstance();
    }

    @AfterAll
    static void close() throws TimeoutException {
        instance.close();
    }

    @ParameterizedTest
    @CsvSource({"callbus,wrong", "nobody,secret", "victor.dumont,locked", "ruth.abrams,inactive"})
    void refusesThoseWhoMayNotLogIn(String user, String password) throws Exception {
        refused(
                instance.client(user, password).list("incident"),
                401,
                "User Not Authenticated",
                "Required to provide Auth information");
    }

    @Test
    void refusesThoseWhoSayNothingOfThemselves() throws Exception {
        var answer = new TableClient(instance.server.baseUrl()).list("incident");

        refused(answer, 401, "User Not Authenticated", "Required to provide Auth information");
        assertThat(answer.header("WWW-Authenticate")).startsWith("BASIC");
    }

    @Test
    void refusesUnknownTables() throws Exception {
        refused(instance.client().list("incidents"), 400, "Invalid table incidents", null);
        refused(instance.admin().list("incidents"), 400, "Invalid table incidents", null);
    }

    @Test
    void refusesPathsThatAreNone() throws Exception {
        refused(
                instance.client().get("/api/now/tables/incident"),
                400,
                "Requested URI does not represent any resource",
                null);
    }

    @Test
    void refusesRecordsThatAreNotThereOrNotToBeSeenAlike() throws Exception {
        var hidden =
                instance.admin().find("incident", "category=security").results().getJsonObject(0);

        for (var id : new String[] {hidden.getString("sys_id"), "0".repeat(32)}) {
            for (var method : new String[] {"GET", "DELETE"}) {
                refused(
                        instance.client().send(method, "/api/now/table/incident/" + id, null),
                        404,
                        "No Record found",
                        "Record doesn't exist or ACL restricts the record retrieval");
            }
            assertThat(instance.client()
                            .update("incident", id, new JsonObject())
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void refusesTablesAndFieldsThatTheUserMayNotSearch() throws Exception {
        refused(
                instance.client("self.service", "self-secret").list("sys_journal_field"),
                403,
                "Insufficient rights to query records",
                null);
        refused(
                instance.client().find("sys_user", "failed_attempts>1"),
                403,
                "Insufficient rights to query records",
                "Field(s) present in the query do not have permission to be read");
    }

    @Test
    void refusesWritesThatTheUserMayNotDo() throws Exception {
        var client = instance.client();
        var incident = id(client.find("incident", "number=INC0010001"));
        var user = id(client.find("sys_user", "user_name=alex.morgan"));

        refused(
                client.insert("sys_user", new JsonObject().put("user_name", "x")),
                403,
                "Operation Failed",
                "ACL Exception Insert Failed due to security constraints");
        refused(
                client.update("sys_user", user, new JsonObject().put("mobile_phone", "1")),
                403,
                "Operation Failed",
                "ACL Exception Update Failed due to security constraints");
        refused(
                client.send("DELETE", "/api/now/table/incident/" + incident, null),
                403,
                "Operation Failed",
                "ACL Exception Delete Failed due to security constraints");
    }

    @Test
    void refusesMethodsThatAPathHasNot() throws Exception {
        var client = instance.client();

        assertThat(client.json("PATCH", "/api/now/table/incident", "{}").status())
                .isEqualTo(405);
        assertThat(client.json("POST", "/api/now/table/incident/" + "0".repeat(32), "{}")
                        .status())
                .isEqualTo(405);
        assertThat(client.send("OPTIONS", "/api/now/table/incident", null).status())
                .isEqualTo(405);
    }

    @Test
    void takesTheMethodFromTheOverridingHeader() throws Exception {
        var id = id(instance.client().find("incident", "number=INC0010004"));
        var answer = instance.client()
                .with("X-HTTP-Method-Override", "PATCH")
                .json("POST", "/api/now/table/incident/" + id, "{\"cmdb_ci\":\"payroll\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.result().getString("cmdb_ci")).isEqualTo("payroll");
    }

    @Test
    void refusesFormatsThatItDoesNotSpeak() throws Exception {
        var client = instance.client();

        assertThat(client.with("Accept", null).list("incident").status()).isEqualTo(400);
        assertThat(client.with("Accept", "text/csv").list("incident").status()).isEqualTo(406);
        assertThat(client.with("Accept", "*/*")
                        .list("incident", "sysparm_limit", "1")
                        .status())
                .isEqualTo(200);
        var body = "short_description=x".getBytes(StandardCharsets.UTF_8);
        assertThat(client.send("POST", "/api/now/table/incident", body).status())
                .isEqualTo(415);
        assertThat(client.with("Content-Type", "text/plain")
                        .send("POST", "/api/now/table/incident", body)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void refusesBodiesThatAreNoRecord() throws Exception {
        for (var body : new String[] {"{\"a\":", "\"text\"", "[]", "[1]"}) {
            assertThat(instance.client()
                            .json("POST", "/api/now/table/incident", body)
                            .status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void refusesNegativeOffsets() throws Exception {
        assertThat(instance.client().list("incident", "sysparm_offset", "-1").status())
                .isEqualTo(400);
    }

    @Test
    void boundsEachUsersRequestsPerHour() throws Exception {
        try (var bounded = new SandboxInstance(options -> options.withRequestsPerHour(2))) {
            var client = bounded.client();
            assertThat(client.list("incident", "sysparm_limit", "1").header("X-RateLimit-Limit"))
                    .isEqualTo("2");
            assertThat(client.list("nothing").status()).isEqualTo(400);
            bounded.clock.advance(Duration.ofMinutes(15));
            var refused = client.list("incident");

            refused(refused, 429, "Rate limit exceeded", "Rate limit of 2 requests per hour for Table API exceeded");
            assertThat(refused.header("Retry-After")).isEqualTo("2700");
            assertThat(refused.header("X-RateLimit-Rule")).matches("[0-9a-f]{32}");
            assertThat(refused.header("X-RateLimit-Reset"))
                    .isEqualTo(Long.toString(bounded.clock.instant().getEpochSecond() + 2700));
            assertThat(bounded.admin().list("incident", "sysparm_limit", "1").status())
                    .isEqualTo(200);
            bounded.clock.advance(Duration.ofMinutes(45));
            assertThat(client.list("incident", "sysparm_limit", "1").status()).isEqualTo(200);
        }
    }

    private static String id(TableClient.Answer found) {
        return found.results().getJsonObject(0).getString("sys_id");
    }

    private static void refused(TableClient.Answer answer, int status, String message, @Nullable String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(answer.json())
                .isEqualTo(new JsonObject()
                        .put("error", new JsonObject().put("message", message).put("detail", detail))
                        .put("status", "failure"));
    }
}
