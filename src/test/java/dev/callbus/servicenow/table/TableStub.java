package dev.callbus.servicenow.table;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A small Table API: tables in memory, display values, journal, a data policy, and faults on demand. */
public final class TableStub implements AutoCloseable {
    private static final Pattern CONDITION = Pattern.compile("([a-z_.]+?)(NOT IN|!=|=|IN|STARTSWITH|LIKE)(.*)");
    private static final Map<String, Map<String, String>> LABELS = Map.of(
            "state", Map.of("1", "New", "2", "In Progress", "3", "On Hold", "6", "Resolved", "7", "Closed"),
            "priority",
                    Map.of(
                            "1", "1 - Critical",
                            "2", "2 - High",
                            "3", "3 - Moderate",
                            "4", "4 - Low",
                            "5", "5 - Planning"));

    public final Map<String, Map<String, Map<String, String>>> tables = new ConcurrentHashMap<>();
    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final List<Fault> faults = new CopyOnWriteArrayList<>();
    public final List<String> tokens = new CopyOnWriteArrayList<>();
    public volatile @Nullable String wantedAuthorization;
    private final AtomicInteger counter = new AtomicInteger(1);
    private final Vertx vertx;
    private final HttpServer server;

    public TableStub(Vertx vertx) throws TimeoutException {
        this.vertx = vertx;
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .await(10, SECONDS);
    }

    /** A request as it came in. */
    public record Seen(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        public boolean is(String wantedMethod, String part) {
            return (wantedMethod.isEmpty() || method.equals(wantedMethod)) && path.contains(part);
        }
    }

    /** What goes wrong. */
    public enum Harm {
        /** An answer with a status, nothing done. */
        STATUS,
        /** The connection is cut, nothing done. */
        CUT,
        /** It is done, then the connection is cut. */
        DONE_THEN_CUT,
        /** It is done, then an answer with a status. */
        DONE_THEN_STATUS,
        /** Never answered, nothing done. */
        SILENCE,
        /** Never answered, and done after the delay. */
        LATE
    }

    /** Something that goes wrong so many times. */
    public record Fault(
            Predicate<Seen> on, AtomicInteger times, Harm harm, int status, String type, String body, int millis) {}

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    public void fail(String method, String part, int times, Harm harm) {
        fail(method, part, times, harm, 500, error("Internal", null));
    }

    public void fail(String method, String part, int times, Harm harm, int status, String body) {
        fail(method, part, times, harm, status, "application/json;charset=UTF-8", body);
    }

    public void fail(String method, String part, int times, Harm harm, int status, String type, String body) {
        faults.add(new Fault(each -> each.is(method, part), new AtomicInteger(times), harm, status, type, body, 0));
    }

    public void late(String method, String part, int times, int millis) {
        faults.add(new Fault(each -> each.is(method, part), new AtomicInteger(times), Harm.LATE, 0, "", "", millis));
    }

    public static String error(String message, @Nullable String detail) {
        return new JsonObject()
                .put("error", new JsonObject().put("message", message).put("detail", detail))
                .put("status", "failure")
                .encode();
    }

    public Map<String, Map<String, String>> table(String name) {
        return tables.computeIfAbsent(name, each -> new ConcurrentHashMap<>());
    }

    /** Adds a record; its sys_id. */
    public String add(String table, String... pairs) {
        var record = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            record.put(pairs[i], pairs[i + 1]);
        }
        return insert(table, record);
    }

    public Map<String, String> record(String table, String sysId) {
        return table(table).getOrDefault(sysId, Map.of());
    }

    public long count(String method, String part) {
        return seen.stream().filter(each -> each.is(method, part)).count();
    }

    @Override
    public void close() throws TimeoutException {
        server.close().await(10, SECONDS);
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var query = new LinkedHashMap<String, String>();
            request.params().forEach(query::put);
            var headers = new LinkedHashMap<String, String>();
            request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            var arrived = new Seen(request.method().name(), request.path(), query, headers, body.toString());
            seen.add(arrived);
            var fault = faults.stream()
                    .filter(each -> each.on().test(arrived) && each.times().getAndDecrement() > 0)
                    .findFirst();
            if (fault.isPresent()) {
                harm(fault.get(), arrived, request);
            } else {
                answer(request, arrived);
            }
        });
    }

    private void harm(Fault fault, Seen arrived, HttpServerRequest request) {
        switch (fault.harm()) {
            case STATUS -> send(request, fault.status(), fault.type(), fault.body());
            case CUT -> request.connection().close();
            case DONE_THEN_CUT -> {
                process(arrived);
                request.connection().close();
            }
            case DONE_THEN_STATUS -> {
                process(arrived);
                send(request, fault.status(), fault.type(), fault.body());
            }
            case SILENCE -> {}
            case LATE -> vertx.setTimer(fault.millis(), id -> process(arrived));
        }
    }

    private static void send(HttpServerRequest request, int status, String type, String body) {
        var response = request.response().setStatusCode(status).putHeader("Content-Type", type);
        if (status == 429) {
            response.putHeader("Retry-After", body.contains("long") ? "600" : "1");
        }
        response.end(body);
    }

    private void answer(HttpServerRequest request, Seen arrived) {
        var wanted = wantedAuthorization;
        if (arrived.path().equals("/oauth_token.do")) {
            var token = tokens.isEmpty() ? "token" : tokens.removeFirst();
            wantedAuthorization = "Bearer " + token;
            send(
                    request,
                    200,
                    "application/json",
                    "{\"access_token\":\"%s\",\"refresh_token\":\"again\",\"expires_in\":1799}".formatted(token));
        } else if (wanted != null && !wanted.equals(arrived.headers().get("authorization"))) {
            send(
                    request,
                    401,
                    "application/json",
                    error("User Not Authenticated", "Required to provide Auth information"));
        } else {
            var answer = process(arrived);
            if (answer.total() != null) {
                request.response().putHeader("X-Total-Count", answer.total().toString());
            }
            send(request, answer.status(), "application/json;charset=UTF-8", answer.body());
        }
    }

    private record Answer(int status, String body, @Nullable Integer total) {}

    private Answer process(Seen request) {
        if (request.path().equals("/api/now/attachment/file")) {
            return attach(request);
        }
        var parts = request.path().replace("/api/now/table/", "").split("/", -1);
        if (request.method().equals("GET")) {
            var table = request.path().equals("/api/now/attachment") ? "attachment" : parts[0];
            return list(table, request.query());
        }
        var columns = new LinkedHashMap<String, String>();
        new JsonObject(request.body()).forEach(each -> columns.put(each.getKey(), String.valueOf(each.getValue())));
        if (request.method().equals("POST")) {
            var id = insert(parts[0], columns);
            return new Answer(201, result(render(parts[0], record(parts[0], id), request.query())), null);
        }
        var before = table(parts[0]).get(parts[1]);
        if (before == null) {
            return new Answer(
                    404, error("No Record found", "Record doesn't exist or ACL restricts the record retrieval"), null);
        }
        return patch(parts[0], before, columns, request.query());
    }

    private Answer patch(
            String table, Map<String, String> record, Map<String, String> columns, Map<String, String> query) {
        var after = new LinkedHashMap<>(record);
        after.putAll(columns);
        if (List.of("6", "7").contains(after.getOrDefault("state", ""))
                && (after.getOrDefault("close_code", "").isEmpty()
                        || after.getOrDefault("close_notes", "").isEmpty())) {
            return new Answer(
                    403,
                    error(
                            "Operation Failed",
                            "Data Policy Exception: \n\tThe following fields are mandatory: Resolution code, Close notes"),
                    null);
        }
        store(table, record.getOrDefault("sys_id", ""), after);
        return new Answer(200, result(render(table, record(table, record.getOrDefault("sys_id", "")), query)), null);
    }

    private Answer attach(Seen request) {
        var query = request.query();
        if (!query.keySet().containsAll(List.of("table_name", "table_sys_id", "file_name"))
                || String.valueOf(request.headers().get("content-type")).startsWith("multipart")) {
            return new Answer(400, error("Requested URI does not represent any resource", null), null);
        }
        var id = insert(
                "attachment",
                new LinkedHashMap<>(Map.of(
                        "table_name", query.get("table_name"),
                        "table_sys_id", query.get("table_sys_id"),
                        "file_name", query.get("file_name"),
                        "content", request.body())));
        var json = new JsonObject();
        record("attachment", id).forEach(json::put);
        return new Answer(201, result(json), null);
    }

    private synchronized String insert(String table, Map<String, String> columns) {
        var id = columns.getOrDefault("sys_id", "%032x".formatted(counter.getAndIncrement()));
        var record = new LinkedHashMap<>(columns);
        record.put("sys_id", id);
        if (table.equals("incident")) {
            record.putIfAbsent("number", "INC%07d".formatted(10_000 + counter.get()));
            record.putIfAbsent("state", "1");
            record.putIfAbsent("impact", "3");
            record.putIfAbsent("urgency", "3");
            record.putIfAbsent("opened_at", "2026-11-21 02:00:%02d".formatted(counter.get() % 60));
        }
        store(table, id, record);
        return id;
    }

    private void store(String table, String id, Map<String, String> record) {
        for (var journal : List.of("work_notes", "comments")) {
            var text = record.remove(journal);
            if (text != null && !text.isEmpty()) {
                add(
                        "sys_journal_field",
                        "name",
                        table,
                        "element",
                        journal,
                        "element_id",
                        id,
                        "value",
                        text,
                        "sys_created_by",
                        "callbus",
                        "sys_created_on",
                        "2026-11-21 02:00:00");
            }
        }
        if (table.equals("incident")) {
            int sum = Integer.parseInt(record.get("impact")) + Integer.parseInt(record.get("urgency"));
            record.put("priority", Integer.toString(sum - 1));
            record.put("sys_updated_on", "2026-11-21 03:00:00");
        }
        table(table).put(id, record);
    }

    private Answer list(String table, Map<String, String> query) {
        var found = table(table).values().stream()
                .filter(record -> matches(record, query.getOrDefault("sysparm_query", "")))
                .sorted(Comparator.comparing((Map<String, String> record) -> record.getOrDefault("sys_id", ""))
                        .reversed())
                .toList();
        var array = new JsonArray();
        found.stream()
                .limit(Integer.parseInt(query.getOrDefault("sysparm_limit", "10000")))
                .forEach(record -> array.add(render(table, record, query)));
        return new Answer(200, new JsonObject().put("result", array).encode(), found.size());
    }

    /** Whether all AND groups hold; a condition that isn't understood is ignored, as ServiceNow does. */
    private static boolean matches(Map<String, String> record, String query) {
        var groups = new ArrayList<List<String>>();
        for (var part : query.split("\\^(?!OR(?!DER))", -1)) {
            if (!part.startsWith("ORDERBY") && !part.isEmpty()) {
                groups.add(List.of(part.split("\\^OR", -1)));
            }
        }
        return groups.stream().allMatch(group -> group.stream().anyMatch(each -> holds(record, each)));
    }

    private static boolean holds(Map<String, String> record, String text) {
        var match = CONDITION.matcher(text);
        if (!match.matches()) {
            return true;
        }
        var stored = record.getOrDefault(match.group(1), "").toLowerCase(Locale.ROOT);
        var wanted = match.group(3).toLowerCase(Locale.ROOT);
        return switch (match.group(2)) {
            case "=" -> stored.equals(wanted);
            case "!=" -> !stored.equals(wanted);
            case "IN" -> List.of(wanted.split(",", -1)).contains(stored);
            case "STARTSWITH" -> stored.startsWith(wanted);
            case "LIKE" -> stored.contains(wanted);
            default -> true;
        };
    }

    private JsonObject render(String table, Map<String, String> record, Map<String, String> query) {
        var json = new JsonObject();
        var fields = query.get("sysparm_fields");
        var names = fields == null ? List.copyOf(record.keySet()) : List.of(fields.split(",", -1));
        for (var name : names) {
            if (name.equals("work_notes") || name.equals("comments")) {
                json.put(name, cell("", merged(record.getOrDefault("sys_id", ""), name)));
            } else if (record.containsKey(name) || table.equals("incident")) {
                var value = record.getOrDefault(name, "");
                json.put(name, cell(value, display(name, value)));
            }
        }
        return json;
    }

    private String merged(String id, String element) {
        var text = new StringBuilder();
        for (var entry : table("sys_journal_field").values()) {
            if (id.equals(entry.get("element_id")) && element.equals(entry.get("element"))) {
                text.append("2026-11-21 02:00:00 - Callbus (")
                        .append(element.equals("work_notes") ? "Work notes" : "Additional comments")
                        .append(")\n")
                        .append(entry.get("value"))
                        .append("\n\n");
            }
        }
        return text.toString();
    }

    private String display(String column, String value) {
        var label = LABELS.getOrDefault(column, Map.of()).get(value);
        if (label != null) {
            return label;
        }
        for (var table : List.of("sys_user", "sys_user_group")) {
            var name = record(table, value).get("name");
            if (name != null) {
                return name;
            }
        }
        return value;
    }

    private static JsonObject cell(String value, String display) {
        return new JsonObject().put("display_value", display).put("value", value);
    }

    private static String result(JsonObject record) {
        return new JsonObject().put("result", record).encode();
    }

    /** The bytes of a text. */
    public static Buffer bytes(String text) {
        return Buffer.buffer(text);
    }
}
