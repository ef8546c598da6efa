package dev.callbus.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How records and lists look. */
class ShapesTest {
    private static final Pattern NEXT = Pattern.compile("<[^>]*sysparm_offset=(\\d+)[^>]*>;\\s*rel=\"next\"");

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
    void showsStoredValuesAsTextsAndReferencesAsLinks() throws Exception {
        var incident = one("number=INC0010001");

        assertThat(incident.getValue("state")).isEqualTo("2");
        assertThat(incident.getValue("active")).isEqualTo("true");
        assertThat(incident.getValue("sys_mod_count")).isEqualTo("0");
        assertThat(incident.getValue("opened_at")).isEqualTo("2026-08-03 13:20:00");
        assertThat(incident.getValue("close_code")).isEqualTo("");
        assertThat(incident.getValue("resolved_by")).isEqualTo("");
        assertThat(incident.getValue("comments")).isEqualTo("");
        var caller = incident.getJsonObject("caller_id");
        assertThat(caller.fieldNames()).containsExactlyInAnyOrder("link", "value");
        assertThat(caller.getString("link"))
                .isEqualTo(instance.server.baseUrl() + "/api/now/table/sys_user/" + caller.getString("value"));
    }

    @Test
    void showsDisplayValuesInTheUsersZone() throws Exception {
        var incident = one("number=INC0010001", "sysparm_display_value", "true");

        assertThat(incident.getValue("state")).isEqualTo("In Progress");
        assertThat(incident.getValue("impact")).isEqualTo("2 - Medium");
        assertThat(incident.getValue("opened_at")).isEqualTo("2026-08-03 06:20:00");
        assertThat(incident.getJsonObject("caller_id").fieldNames()).containsExactlyInAnyOrder("display_value", "link");
        assertThat(incident.getJsonObject("caller_id").getString("display_value"))
                .isEqualTo("Alex Morgan");
        assertThat(incident.getString("comments"))
                .isEqualTo("2026-08-03 06:45:00 - admin (Additional comments)\n"
                        + "I am on the road and lose the connection in every hotel.\n\n");
    }

    @Test
    void showsBothValues() throws Exception {
        var incident = one("number=INC0010001", "sysparm_display_value", "all");

        assertThat(incident.getJsonObject("state"))
                .isEqualTo(new JsonObject().put("display_value", "In Progress").put("value", "2"));
        assertThat(incident.getJsonObject("caller_id").fieldNames())
                .containsExactlyInAnyOrder("display_value", "value", "link");
        assertThat(incident.getJsonObject("resolved_by"))
                .isEqualTo(new JsonObject().put("display_value", "").put("value", ""));
    }

    @Test
    void leavesLinksOut() throws Exception {
        var stored = one("number=INC0010001", "sysparm_exclude_reference_link", "true");
        var shown = one("number=INC0010001", "sysparm_exclude_reference_link", "true", "sysparm_display_value", "true");
        var both = one("number=INC0010001", "sysparm_exclude_reference_link", "true", "sysparm_display_value", "all");

        assertThat(stored.getString("caller_id")).matches("[0-9a-f]{32}");
        assertThat(shown.getString("caller_id")).isEqualTo("Alex Morgan");
        assertThat(both.getJsonObject("caller_id").fieldNames()).containsExactlyInAnyOrder("display_value", "value");
    }

    @Test
    void namesDotWalkedFieldsAsTheyWereAskedForAndPassesOverUnknownOnes() throws Exception {
        var incident = one("number=INC0010001", "sysparm_fields", "number, caller_id.name,colour,caller_id.shoe_size");

        assertThat(incident)
                .isEqualTo(new JsonObject().put("number", "INC0010001").put("caller_id.name", "Alex Morgan"));
    }

    @Test
    void hidesFieldsThatOnlyAdministratorsRead() throws Exception {
        var query = "user_name=victor.dumont";

        assertThat(instance.client()
                        .find("sys_user", query)
                        .results()
                        .getJsonObject(0)
                        .fieldNames())
                .doesNotContain("failed_attempts");
        assertThat(instance.admin()
                        .find("sys_user", query)
                        .results()
                        .getJsonObject(0)
                        .getString("failed_attempts"))
                .isEqualTo("5");
    }

    @Test
    void leadsThroughPagesByLinks() throws Exception {
        var client = instance.client();
        var seen = new ArrayList<String>();
        var next = "0";
        while (true) {
            var answer = client.list(
                    "incident",
                    "sysparm_query",
                    "category!=security^ORDERBYnumber",
                    "sysparm_limit",
                    "75",
                    "sysparm_offset",
                    next,
                    "sysparm_fields",
                    "number");
            answer.results().forEach(row -> seen.add(((JsonObject) row).getString("number")));
            assertThat(answer.header("X-Total-Count")).isEqualTo("185");
            var link = NEXT.matcher(answer.header("Link"));
            if (!link.find()) {
                break;
            }
            next = link.group(1);
        }

        assertThat(seen).hasSize(185).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void linksToFirstPreviousNextAndLastPage() throws Exception {
        var link = instance.client()
                .list(
                        "incident",
                        "sysparm_query",
                        "active=true^ORDERBYnumber",
                        "sysparm_limit",
                        "10",
                        "sysparm_offset",
                        "10")
                .header("Link");

        var list = instance.server.baseUrl() + "/api/now/table/incident?sysparm_query=active%3Dtrue%5EORDERBYnumber&";
        assertThat(link)
                .startsWith("<" + list + "sysparm_limit=10&sysparm_offset=0>;rel=\"first\",")
                .contains("<" + list + "sysparm_limit=10&sysparm_offset=20>;rel=\"next\",")
                .contains("<" + list + "sysparm_limit=10&sysparm_offset=0>;rel=\"prev\",")
                .endsWith(";rel=\"last\"");
        assertThat(instance.client().find("incident", "number=INC0010001").header("Link"))
                .contains("rel=\"first\"", "rel=\"last\"")
                .doesNotContain("rel=\"next\"", "rel=\"prev\"");
    }

    @Test
    void leavesCountAndLinksOutWhereAsked() throws Exception {
        var answer = instance.client()
                .list(
                        "incident",
                        "sysparm_limit",
                        "1",
                        "sysparm_no_count",
                        "true",
                        "sysparm_suppress_pagination_header",
                        "true");

        assertThat(answer.header("X-Total-Count")).isEmpty();
        assertThat(answer.header("Link")).isEmpty();
        assertThat(answer.results()).hasSize(1);
    }

    @Test
    void limitsBeforeItHidesRows() throws Exception {
        var answer = instance.client().list("incident", "sysparm_query", "category=security", "sysparm_limit", "5");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.results()).isEmpty();
        assertThat(Integer.parseInt(answer.header("X-Total-Count"))).isGreaterThan(5);
        assertThat(instance.admin()
                        .list("incident", "sysparm_query", "category=security", "sysparm_limit", "5")
                        .results())
                .hasSize(5);
    }

    @Test
    void filtersByPairsOfFieldsAndDisplayValues() throws Exception {
        var answer = instance.client()
                .list("incident", "caller_id", "Alex Morgan", "state", "New", "sysparm_fields", "number");

        assertThat(answer.results().encode()).isEqualTo("[{\"number\":\"INC0010002\"}]");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        var answer = instance.client().send("HEAD", "/api/now/table/incident?sysparm_limit=1", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Total-Count")).isEqualTo("200");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void countsInTheAggregateApi() throws Exception {
        var answer = instance.client()
                .get("/api/now/stats/incident", "sysparm_count", "true", "sysparm_query", "caller_id.name=Alex Morgan");

        assertThat(answer.json().encode()).isEqualTo("{\"result\":{\"stats\":{\"count\":\"3\"}}}");
    }

    @Test
    void answersTheFirstVersionsEmptyListsAsNotFound() throws Exception {
        var none = new String[] {"sysparm_query", "number=none"};

        assertThat(instance.client().get("/api/now/v1/table/incident", none).status())
                .isEqualTo(404);
        assertThat(instance.client().get("/api/now/v2/table/incident", none).body())
                .isEqualTo("{\"result\":[]}");
        assertThat(instance.client().get("/api/now/table/incident", none).status())
                .isEqualTo(200);
    }

    private static JsonObject one(String query, String... parameters) throws Exception {
        var all = new ArrayList<>(List.of("sysparm_query", query));
        all.addAll(List.of(parameters));
        return instance.client()
                .list("incident", all.toArray(new String[0]))
                .results()
                .getJsonObject(0);
    }
}
