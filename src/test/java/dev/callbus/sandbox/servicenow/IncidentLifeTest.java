package dev.callbus.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platform does to incidents as they are written. */
class IncidentLifeTest {
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
    void completesANewIncident() throws Exception {
        var answer = instance.client()
                .insert(
                        "incident",
                        new JsonObject()
                                .put("short_description", "x".repeat(200))
                                .put("correlation_id", "CA1"));

        assertThat(answer.status()).isEqualTo(201);
        var incident = answer.result();
        assertThat(answer.header("Location"))
                .isEqualTo(instance.server.baseUrl() + "/api/now/table/incident/" + incident.getString("sys_id"));
        assertThat(incident.getString("sys_id")).matches("[0-9a-f]{32}");
        assertThat(incident.getString("number")).matches("INC\\d{7}");
        assertThat(incident.getString("short_description")).hasSize(160);
        assertThat(incident.getMap())
                .containsAllEntriesOf(Map.of(
                        "state", "1",
                        "incident_state", "1",
                        "impact", "3",
                        "urgency", "3",
                        "priority", "5",
                        "active", "true",
                        "sys_mod_count", "0",
                        "sys_created_on", "2026-11-21 18:30:00",
                        "sys_created_by", "callbus",
                        "correlation_id", "CA1"));
    }

    @Test
    void givesEachIncidentTheNextNumber() throws Exception {
        var first = number(insert(new JsonObject()));
        var second = number(insert(new JsonObject()));

        assertThat(second).isEqualTo(first + 1);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,2,2", "1,3,3", "2,1,2", "2,2,3", "2,3,4", "3,1,3", "3,2,4", "3,3,5"})
    void computesThePriorityWhateverIsSent(String impact, String urgency, String priority) throws Exception {
        var incident = insert(new JsonObject()
                .put("impact", impact)
                .put("urgency", Integer.valueOf(urgency))
                .put("priority", "1"));

        assertThat(incident.getString("priority")).isEqualTo(priority);
    }

    @Test
    void passesOverWhatMayNotBeWritten() throws Exception {
        var incident = insert(new JsonObject()
                .put("number", "INC9999999")
                .put("sys_id", "0".repeat(32))
                .put("sys_created_by", "someone")
                .put("resolved_at", "2026-01-01 00:00:00")
                .put("colour", "blue")
                .put("state", "In Progress")
                .put("opened_at", "yesterday")
                .put("caller_id", new JsonObject().put("value", "x")));

        assertThat(incident.getString("number")).isNotEqualTo("INC9999999");
        assertThat(incident.getString("sys_id")).isNotEqualTo("0".repeat(32));
        assertThat(incident.getString("sys_created_by")).isEqualTo("callbus");
        assertThat(incident.getString("resolved_at")).isEmpty();
        assertThat(incident.getString("state")).isEqualTo("1");
        assertThat(incident.getString("opened_at")).isEqualTo("2026-11-21 18:30:00");
        assertThat(incident.getString("caller_id")).isEmpty();
        assertThat(incident.containsKey("colour")).isFalse();
    }

    @Test
    void storesReferencesAsSentUnlessToldThatTheyAreDisplayValues() throws Exception {
        var record = new JsonObject()
                .put("caller_id", "Alex Morgan")
                .put("state", "In Progress")
                .put("opened_at", "2026-11-01 08:00:00");

        var stored = insert(record);
        var resolved = instance.client()
                .insert(
                        "incident",
                        record,
                        "sysparm_input_display_value",
                        "true",
                        "sysparm_exclude_reference_link",
                        "true")
                .result();

        assertThat(stored.getJsonObject("caller_id").getString("value")).isEqualTo("Alex Morgan");
        assertThat(stored.getString("opened_at")).isEqualTo("2026-11-01 08:00:00");
        assertThat(resolved.getString("caller_id")).isEqualTo(id("sys_user", "user_name=alex.morgan"));
        assertThat(resolved.getString("state")).isEqualTo("2");
        assertThat(resolved.getString("opened_at")).isEqualTo("2026-11-01 16:00:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'state':'6'}                                                        | Resolution code, Close notes",
                "{'state':'6','close_code':'Solution provided'}                       | Close notes",
                "{'state':'6','close_code':'Fixed','close_notes':'done'}              | Resolution code",
                "{'state':'6','close_code':'Solved (Permanently)','close_notes':'x'}  | Resolution code",
                "{'state':'6','close_code':'solution provided','close_notes':'x'}     | Resolution code",
                "{'state':'3'}                                                        | On hold reason",
                "{'state':'3','hold_reason':'1'}                                      | Additional comments"
            })
    void holdsDataPolicies(String change, String missing) throws Exception {
        var id = insert(new JsonObject()).getString("sys_id");
        var answer = update(id, change);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message()).isEqualTo("Operation Failed");
        assertThat(answer.detail())
                .isEqualTo("Data Policy Exception: \n\tThe following fields are mandatory: " + missing);
        assertThat(instance.server.ledger().record("incident", id)).containsEntry("state", "1");
    }

    @Test
    void resolvesAndReopens() throws Exception {
        var id = insert(new JsonObject()).getString("sys_id");
        instance.clock.advance(Duration.ofMinutes(1));

        var resolved = update(id, "{'state':'6','close_code':'Solution provided','close_notes':'done'}")
                .result();
        assertThat(resolved.getString("resolved_at")).isNotEmpty().isEqualTo(resolved.getString("sys_updated_on"));
        assertThat(resolved.getJsonObject("resolved_by").getString("value"))
                .isEqualTo(id("sys_user", "user_name=callbus"));
        assertThat(resolved.getString("active")).isEqualTo("true");

        var reopened = update(id, "{'state':'2'}").result();
        assertThat(reopened.getString("reopen_count")).isEqualTo("1");
        assertThat(reopened.getString("resolved_at")).isEmpty();
        assertThat(reopened.getString("sys_mod_count")).isEqualTo("2");
    }

    @Test
    void holdsWithAReasonAndForgetsItAfterwards() throws Exception {
        var id = insert(new JsonObject()).getString("sys_id");

        assertThat(update(id, "{'state':'3','hold_reason':'4'}").status()).isEqualTo(200);
        assertThat(update(id, "{'hold_reason':'1','comments':'Which floor?'}").status())
                .isEqualTo(200);
        assertThat(update(id, "{'urgency':'1'}").status()).isEqualTo(200);
        assertThat(update(id, "{'state':'2'}").result().getString("hold_reason"))
                .isEmpty();
    }

    @Test
    void letsOnlyItilAdministratorsClose() throws Exception {
        var id = insert(new JsonObject()).getString("sys_id");
        var closing = "{'state':'7','close_code':'User error','close_notes':'x'}";

        var refused = update(id, closing);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).isEqualTo("ACL Exception Update Failed due to security constraints");

        var closer = instance.client("closer", "closer-secret");
        var closed = closer.update("incident", id, json(closing)).result();
        assertThat(closed.getString("active")).isEqualTo("false");
        assertThat(closed.getString("closed_at")).isNotEmpty();
        assertThat(update(id, "{'urgency':'1'}").status()).isEqualTo(403);
    }

    @Test
    void followsTheStatesFormerName() throws Exception {
        var id = insert(new JsonObject()).getString("sys_id");

        assertThat(update(id, "{'incident_state':'2'}").result().getString("state"))
                .isEqualTo("2");
    }

    @Test
    void addsToJournals() throws Exception {
        var id = insert(new JsonObject().put("comments", "first")).getString("sys_id");
        update(id, "{'work_notes':'second'}");
        var answer = update(id, "{'work_notes':'third'}");

        assertThat(answer.result().getString("work_notes")).isEmpty();
        assertThat(instance.server.ledger().journal(id))
                .containsExactly(
                        new Ledger.JournalEntry("comments", "first", "callbus"),
                        new Ledger.JournalEntry("work_notes", "second", "callbus"),
                        new Ledger.JournalEntry("work_notes", "third", "callbus"));
        var entries = instance.client().find("sys_journal_field", "element_id=" + id + "^elementINcomments,work_notes");
        assertThat(entries.results()).hasSize(3);
        var shown = instance.client().get("/api/now/table/incident/" + id, "sysparm_display_value", "true");
        assertThat(shown.result().getString("work_notes")).containsSubsequence("(Work notes)\nthird\n\n", "second\n\n");
    }

    @Test
    void changesNothingWhereNothingIsDifferent() throws Exception {
        var id = insert(new JsonObject().put("urgency", "2")).getString("sys_id");
        var before = instance.server.ledger().entries().size();

        assertThat(update(id, "{'urgency':'2'}").result().getString("sys_mod_count"))
                .isEqualTo("0");
        assertThat(instance.server.ledger().entries()).hasSize(before);
    }

    @Test
    void showsSelfServiceItsOwnIncidentsOnly() throws Exception {
        var client = instance.client("self.service", "self-secret");
        var own = client.insert("incident", new JsonObject()).result().getString("sys_id");

        assertThat(client.list("incident", "sysparm_fields", "sys_id").results().encode())
                .isEqualTo("[{\"sys_id\":\"" + own + "\"}]");
        assertThat(client.update("incident", own, new JsonObject().put("urgency", "1"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void numbersInteractionsAndLinksThemToIncidents() throws Exception {
        var incident = id("incident", "number=INC0010001");
        var interaction = instance.client()
                .insert("interaction", json("{'type':'phone','direction':'inbound','work_notes':'said hello'}"))
                .result();
        var link = new JsonObject()
                .put("interaction", interaction.getString("sys_id"))
                .put("document_table", "incident")
                .put("document_id", incident)
                .put("task", incident);

        assertThat(interaction.getString("number")).matches("IMS\\d{7}");
        assertThat(interaction.getString("state")).isEqualTo("new");
        assertThat(instance.client().insert("interaction_related_record", link).status())
                .isEqualTo(201);
        assertThat(instance.client()
                        .find("interaction_related_record", "interaction.number=" + interaction.getString("number"))
                        .results())
                .hasSize(1);
        var closed = instance.client()
                .update("interaction", interaction.getString("sys_id"), json("{'state':'closed_complete'}"))
                .result();
        assertThat(closed.getString("closed_at")).isNotEmpty();
        assertThat(closed.getString("active")).isEqualTo("false");
    }

    private static JsonObject insert(JsonObject record) throws Exception {
        return instance.client().insert("incident", record).result();
    }

    private static TableClient.Answer update(String id, String change) throws Exception {
        return instance.client().update("incident", id, json(change));
    }

    private static String id(String table, String query) throws Exception {
        return instance.client().find(table, query).results().getJsonObject(0).getString("sys_id");
    }

    private static int number(JsonObject incident) {
        return Integer.parseInt(incident.getString("number").substring(3));
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
