package dev.callbus.sandbox.servicenow.platform;

import dev.callbus.sandbox.servicenow.platform.Database.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What a new instance holds: people, groups, choice lists and incidents, the same ones each time. */
final class Seed {
    private static final String FOLDER = "/sandbox/servicenow/";
    private static final String ADMIN = "admin";
    private static final int INCIDENTS = 200;
    private static final Instant FIRST_OPENED = Instant.parse("2026-08-03T13:20:00Z");
    private static final Duration BETWEEN = Duration.ofMinutes(743);
    private static final List<String> STATES = List.of("7", "6", "1", "7", "2", "3", "7", "6", "8", "7");

    private final Dictionary dictionary;
    private final Records records;
    private final Transaction transaction;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();

    Seed(Dictionary dictionary, Records records, Transaction transaction) {
        this.dictionary = dictionary;
        this.records = records;
        this.transaction = transaction;
    }

    void sow() throws SQLException {
        var callers = sowUsers();
        sowGroups();
        sowChoices();
        var entries = lines("incidents.txt");
        var fixed = entries.stream()
                .filter(entry ->
                        !entry.getFirst().equals("*") && !entry.getFirst().equals("security"))
                .toList();
        var patterns = entries.stream().filter(entry -> !fixed.contains(entry)).toList();
        for (var index = 0; index < INCIDENTS; index++) {
            if (index < fixed.size()) {
                var entry = fixed.get(index);
                sowIncident(index, entry.getFirst(), entry.get(1), entry);
            } else {
                // Three different rhythms, so that callers, states and subjects mix.
                var pattern = patterns.get(index % patterns.size());
                sowIncident(index, callers.get(index * 7 % callers.size()), STATES.get(index % STATES.size()), pattern);
            }
        }
        for (var table : rows.entrySet()) {
            records.insertAll(transaction, dictionary.require(table.getKey()), table.getValue());
        }
    }

    /** A sys_id that is the same in each new instance. */
    static String id(String table, String key) {
        return UUID.nameUUIDFromBytes((table + ':' + key).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    /** @return who may call: the user names of those who aren't of the service desk, but for those whom demos know */
    private List<String> sowUsers() {
        var callers = new ArrayList<String>();
        var people = 0;
        add(
                "sys_user",
                ADMIN,
                FIRST_OPENED,
                new Row()
                        .set("user_name", ADMIN)
                        .set("name", "System Administrator")
                        .set("first_name", "System")
                        .set("last_name", "Administrator")
                        .set("active", "true")
                        .set("locked_out", "false"));
        for (var line : lines("users.txt")) {
            var user = new Row();
            var name = line.getFirst();
            var fields = List.of(
                    "user_name",
                    "first_name",
                    "last_name",
                    "phone",
                    "mobile_phone",
                    "home_phone",
                    "title",
                    "department",
                    "location");
            for (var index = 0; index < fields.size(); index++) {
                user.set(fields.get(index), line.get(index));
            }
            var flags = line.getLast();
            user.set("name", user.get("first_name") + ' ' + user.get("last_name"))
                    .set("email", name + "@example.com")
                    .set("active", Boolean.toString(!flags.contains("inactive")))
                    .set("locked_out", Boolean.toString(flags.contains("locked")))
                    .set("vip", Boolean.toString(flags.contains("vip")))
                    .set("web_service_access_only", "false")
                    .set("failed_attempts", flags.contains("locked") ? "5" : "0")
                    .set("employee_number", "E%05d".formatted(20_000 + 13 * ++people));
            add("sys_user", name, FIRST_OPENED.minus(Duration.ofDays(300)), user);
            if (!user.get("department").equals("IT")
                    && !List.of("alex.morgan", "dana.whitfield", "abraham.lincoln")
                            .contains(name)) {
                callers.add(name);
            }
        }
        return callers;
    }

    private void sowGroups() {
        for (var line : lines("groups.txt")) {
            var group = new Row()
                    .set("name", line.getFirst())
                    .set("manager", id("sys_user", line.get(1)))
                    .set("description", line.get(2))
                    .set("active", "true");
            add("sys_user_group", line.getFirst(), FIRST_OPENED.minus(Duration.ofDays(300)), group);
        }
    }

    private void sowChoices() {
        var sequence = 0;
        for (var line : lines("choices.txt")) {
            var choice = new Row()
                    .set("name", line.getFirst())
                    .set("element", line.get(1))
                    .set("value", line.get(2))
                    .set("label", line.get(3))
                    .set("dependent_value", line.get(4))
                    .set("language", "en")
                    .set("sequence", Integer.toString(++sequence))
                    .set("inactive", Boolean.toString(line.get(5).equals("inactive")));
            add("sys_choice", String.join(".", line), FIRST_OPENED.minus(Duration.ofDays(900)), choice);
        }
    }

    private void sowIncident(int index, String caller, String state, List<String> line) {
        var number = "INC%07d".formatted(10_001 + index);
        var opened = FIRST_OPENED.plus(BETWEEN.multipliedBy(index));
        var impact = line.get(2);
        var urgency = line.get(3);
        var incident = new Row()
                .set("number", number)
                .set("caller_id", id("sys_user", caller))
                .set("opened_by", id("sys_user", "ben.carter"))
                .set("opened_at", Times.stored(opened))
                .set("state", state)
                .set("incident_state", state)
                .set("hold_reason", state.equals("3") ? "1" : "")
                .set("impact", impact)
                .set("urgency", urgency)
                .set("priority", Integer.toString(Integer.parseInt(impact) + Integer.parseInt(urgency) - 1))
                .set("severity", "3")
                .set("category", line.get(4))
                .set("subcategory", line.get(5))
                .set("contact_type", index % 3 == 0 ? "phone" : "self-service")
                .set("assignment_group", id("sys_user_group", line.get(6)))
                .set("assigned_to", state.equals("1") ? "" : id("sys_user", "marta.kowalska"))
                .set("short_description", line.get(7))
                .set("description", line.get(7) + ".")
                .set("active", Boolean.toString(!state.equals("7") && !state.equals("8")))
                .set("reopen_count", "0")
                .set("reassignment_count", "0")
                .set("escalation", "0")
                .set("notify", "1")
                .set("made_sla", "true")
                .set("knowledge", "false")
                .set("approval", "not requested")
                .set("upon_approval", "proceed")
                .set("upon_reject", "cancel")
                .set("sys_domain", "global");
        finish(incident, state, opened.plus(Duration.ofHours(5)));
        add("incident", number, opened, incident);
        sowNote(incident.sysId(), number, opened.plus(Duration.ofMinutes(25)), line.get(8));
    }

    private static void finish(Row incident, String state, Instant time) {
        var ended = Times.stored(time);
        var agent = id("sys_user", "marta.kowalska");
        if (state.equals("6") || state.equals("7")) {
            incident.set("resolved_at", ended)
                    .set("resolved_by", agent)
                    .set("close_code", "Solution provided")
                    .set("close_notes", "Done and confirmed by the caller.");
        }
        if (state.equals("7") || state.equals("8")) {
            incident.set("closed_at", ended).set("closed_by", agent);
        }
    }

    private void sowNote(String incidentId, String number, Instant time, String note) {
        var colon = note.indexOf(':');
        if (colon > 0) {
            var entry = new Row()
                    .set("name", "incident")
                    .set("element", note.substring(0, colon))
                    .set("element_id", incidentId)
                    .set("value", note.substring(colon + 1));
            add("sys_journal_field", number, time, entry);
        }
    }

    private void add(String table, String key, Instant time, Row row) {
        row.set("sys_id", id(table, key))
                .set("sys_class_name", table)
                .set("sys_created_on", Times.stored(time))
                .set("sys_created_by", ADMIN)
                .set("sys_updated_on", Times.stored(time))
                .set("sys_updated_by", ADMIN)
                .set("sys_mod_count", "0");
        rows.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
    }

    private static List<List<String>> lines(String file) {
        try (var stream = Objects.requireNonNull(Seed.class.getResourceAsStream(FOLDER + file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.split("\\|", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
