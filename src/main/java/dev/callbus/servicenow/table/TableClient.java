package dev.callbus.servicenow.table;

import dev.callbus.config.ServiceNowSettings;
import dev.callbus.config.ServiceNowSettings.Credentials;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A client of one instance's Table API. Reads are repeated after passing failures; writes never are, as it may not be known whether
 * they were done. All failures are {@link TableFailure}s. Belongs to the verticle that makes and closes it.
 *
 * <p>Source: ServiceNow REST API reference, Table API and Attachment API
 */
public final class TableClient {
    private static final int READ_RETRIES = 2;
    private static final int RENEWALS = 1;

    private final Vertx vertx;
    private final TableTiming timing;
    private final TableHttp http;
    private final Circuit circuit;
    private final Authentication authentication;

    public TableClient(Vertx vertx, URI instance, Credentials credentials, TableTiming timing) {
        this.vertx = vertx;
        this.timing = timing;
        this.http = new TableHttp(vertx, instance, timing.request());
        this.circuit = new Circuit(timing.failures(), timing.pause());
        this.authentication = switch (credentials) {
            case ServiceNowSettings.Basic basic -> new BasicAuthentication(basic);
            case ServiceNowSettings.PasswordGrant grant -> new TokenAuthentication(grant, this::withoutHeader);
            case ServiceNowSettings.ClientCredentials grant -> new TokenAuthentication(grant, this::withoutHeader);
        };
    }

    /** Closes its connections. */
    public void close() {
        http.close();
    }

    /** The records that meet the filter, as far as they may be read. */
    public Future<Rows> find(TableQuery query, Deadline deadline) {
        var parameters = parameters();
        parameters.put("sysparm_query", query.filter().text());
        parameters.put("sysparm_fields", query.columns());
        parameters.put("sysparm_limit", Integer.toString(query.limit()));
        var request = new TableRequest(HttpMethod.GET, query.table(), table(query.table()), parameters, null);
        return send(request, deadline, 0).map(answer -> checked(query, answer));
    }

    /** Inserts a record; its columns as stored, or at least the {@code fields} of them. */
    public Future<Row> insert(String table, Map<String, String> columns, List<String> fields, Deadline deadline) {
        return send(write(HttpMethod.POST, table, table(table), columns, fields), deadline, 0)
                .map(TableAnswer::row);
    }

    /** Changes a record; its columns afterwards, or at least the {@code fields} of them. */
    public Future<Row> update(
            String table, String sysId, Map<String, String> columns, List<String> fields, Deadline deadline) {
        var request = write(HttpMethod.PATCH, table, table(table) + "/" + checkedId(sysId), columns, fields);
        return send(request, deadline, 0).map(TableAnswer::row);
    }

    /** The attachments of a record with this file name. */
    public Future<Rows> attachments(String table, String sysId, String name, Deadline deadline) {
        var filter = EncodedQuery.where(
                Condition.is("table_name", table),
                Condition.is("table_sys_id", checkedId(sysId)),
                Condition.is("file_name", name));
        var query = new TableQuery("attachment", filter, List.of(), 10);
        var parameters = new LinkedHashMap<>(Map.of("sysparm_query", filter.text(), "sysparm_limit", "10"));
        var request = new TableRequest(HttpMethod.GET, "attachment", "/api/now/attachment", parameters, null);
        return send(request, deadline, 0).map(answer -> checked(query, answer));
    }

    /** Attaches a text to a record. */
    public Future<Row> attach(String table, String sysId, String name, String type, Buffer content, Deadline deadline) {
        return send(attachment(table, sysId, name, new TableRequest.Bytes(type, content)), deadline, 0)
                .map(TableAnswer::row);
    }

    /** Attaches to a record what is read while it is sent, such as a file. */
    public Future<Row> attach(
            String table,
            String sysId,
            String name,
            String type,
            ReadStream<Buffer> content,
            long length,
            Deadline deadline) {
        return send(attachment(table, sysId, name, new TableRequest.Streamed(type, content, length)), deadline, 0)
                .map(TableAnswer::row);
    }

    /** Raw body, and the record in the query: multipart is for another path. */
    private static TableRequest attachment(String table, String sysId, String name, TableRequest.Content content) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("table_name", table);
        parameters.put("table_sys_id", checkedId(sysId));
        parameters.put("file_name", name);
        return new TableRequest(HttpMethod.POST, "attachment", "/api/now/attachment/file", parameters, content);
    }

    private static TableRequest write(
            HttpMethod method, String table, String path, Map<String, String> columns, List<String> fields) {
        var parameters = parameters();
        parameters.put("sysparm_fields", String.join(",", fields));
        var json = new JsonObject();
        columns.forEach(json::put);
        var content = new TableRequest.Bytes("application/json", json.toBuffer());
        return new TableRequest(method, table, path, parameters, content);
    }

    private static Rows checked(TableQuery query, TableAnswer answer) {
        var rows = answer.rows();
        var good = rows.stream().filter(query.filter()::holds).toList();
        var total = answer.total();
        int counted = Math.max(rows.size(), total == null ? 0 : total);
        return new Rows(good, counted - good.size());
    }

    private Future<TableAnswer> send(TableRequest request, Deadline deadline, int before) {
        return circuit.guard(() -> authorized(request, deadline, 0).onFailure(this::holdIfLimited))
                .recover(cause -> {
                    if (!(cause instanceof TableFailure failure)) {
                        return Future.failedFuture(cause);
                    }
                    long pause = pause(request, failure, before);
                    if (pause < 0 || !deadline.allows(pause)) {
                        return Future.failedFuture(failure);
                    }
                    return after(pause).compose(now -> send(request, deadline, before + 1));
                });
    }

    private void holdIfLimited(Throwable cause) {
        if (cause instanceof TableFailure failure && failure.retryAfter().compareTo(timing.longestWait()) > 0) {
            circuit.hold(failure.retryAfter());
        }
    }

    /** Milliseconds until the next try; negative if there is to be none. */
    private long pause(TableRequest request, TableFailure failure, int before) {
        if (failure.kind() == TableFailure.Kind.RATE_LIMIT) {
            boolean shortly = failure.retryAfter().compareTo(timing.longestWait()) <= 0;
            return shortly && before == 0 && request.isRepeatable()
                    ? failure.retryAfter().toMillis() + 1
                    : -1;
        }
        if (!request.isRead() || !failure.isPassing() || before >= READ_RETRIES) {
            return -1;
        }
        long base = timing.backoff().toMillis() << before;
        return base / 2 + LoopTime.random().nextLong(base + 1);
    }

    private Future<TableAnswer> authorized(TableRequest request, Deadline deadline, int renewals) {
        return authentication
                .header(deadline)
                .compose(header -> http.send(request, header, deadline).recover(cause -> {
                    boolean again = cause instanceof TableFailure failure
                            && failure.kind() == TableFailure.Kind.CREDENTIALS
                            && renewals < RENEWALS
                            && request.isRepeatable()
                            && authentication.renew(header);
                    return again ? authorized(request, deadline, renewals + 1) : Future.failedFuture(cause);
                }));
    }

    private Future<TableAnswer> withoutHeader(TableRequest request, Deadline deadline) {
        return http.send(request, null, deadline);
    }

    private Future<Void> after(long millis) {
        return vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS).mapEmpty();
    }

    private static Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("sysparm_display_value", "all");
        parameters.put("sysparm_exclude_reference_link", "true");
        return parameters;
    }

    private static String table(String name) {
        return "/api/now/table/" + name;
    }

    private static String checkedId(String sysId) {
        if (!SysId.isOne(sysId)) {
            throw new IllegalArgumentException("no sys_id");
        }
        return sysId;
    }
}
