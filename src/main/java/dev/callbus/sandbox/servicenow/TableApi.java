package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.platform.Input;
import dev.callbus.sandbox.servicenow.platform.Platform;
import dev.callbus.sandbox.servicenow.platform.Refusal;
import dev.callbus.sandbox.servicenow.platform.Row;
import dev.callbus.sandbox.servicenow.platform.Search;
import dev.callbus.sandbox.servicenow.platform.Session;
import dev.callbus.sandbox.servicenow.platform.Table;
import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;

/**
 * The Table API.
 *
 * <p>Source: servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html
 */
final class TableApi {
    private final Platform platform;

    TableApi(Platform platform) {
        this.platform = platform;
    }

    /** @param version of the API in the request's path; "" for the latest */
    ApiReply onTable(Session session, ApiRequest request, String version, String tableName) {
        var table = platform.table(tableName);
        return switch (request.method()) {
            case "GET", "HEAD" -> list(session, request, version, table);
            case "POST" -> insert(session, request, table);
            default -> throw wrongMethod(request);
        };
    }

    ApiReply onRecord(Session session, ApiRequest request, String tableName, String sysId) {
        var table = platform.table(tableName);
        return switch (request.method()) {
            case "GET", "HEAD" -> one(200, session, request, table, platform.get(session, table, sysId));
            case "PUT", "PATCH" ->
                one(200, session, request, table, platform.update(session, table, sysId, input(request)));
            case "DELETE" -> {
                platform.delete(session, table, sysId);
                yield ApiReply.empty(204);
            }
            default -> throw wrongMethod(request);
        };
    }

    private ApiReply list(Session session, ApiRequest request, String version, Table table) {
        var page = Page.of(request);
        var found = platform.search(session, table, new Search(query(table, request), page.limit(), page.offset()));
        if (version.equals("v1") && found.rows().isEmpty()) {
            throw Refusal.noRecord();
        }
        var view = RecordView.of(request);
        var result = platform.read(session, lookups -> {
            var array = new JsonArray();
            for (var row : found.rows()) {
                array.add(view.show(lookups, table, row));
            }
            return array;
        });
        var reply = ApiReply.json(200, new JsonObject().put("result", result));
        if (!request.isTrue("sysparm_no_count")) {
            reply.with("x-total-count", Long.toString(found.total()));
        }
        if (!request.isTrue("sysparm_suppress_pagination_header")) {
            reply.with("link", page.links(found));
        }
        return reply;
    }

    private ApiReply insert(Session session, ApiRequest request, Table table) {
        var row = platform.insert(session, table, input(request));
        return one(201, session, request, table, row)
                .with("location", request.baseUrl() + "/api/now/table/" + table.name() + '/' + row.sysId());
    }

    private ApiReply one(int status, Session session, ApiRequest request, Table table, Row row) {
        var view = RecordView.of(request);
        var record = platform.read(session, lookups -> view.show(lookups, table, row));
        return ApiReply.json(status, new JsonObject().put("result", record));
    }

    /** The filter: an encoded query or, if there is none, pairs of fields and values. */
    private EncodedQuery query(Table table, ApiRequest request) {
        var encoded = request.parameter("sysparm_query");
        if (encoded.isPresent()) {
            return EncodedQuery.of(encoded.get());
        }
        var pairs = new LinkedHashMap<String, String>();
        request.query().forEach(pair -> pairs.putIfAbsent(pair.getKey(), pair.getValue()));
        return platform.filter(table, pairs);
    }

    private static Input input(ApiRequest request) {
        return new Input(
                request.fields(),
                request.isTrue("sysparm_input_display_value") ? Input.Meaning.DISPLAYED : Input.Meaning.STORED);
    }

    static Refusal wrongMethod(ApiRequest request) {
        return new Refusal(405, "Method Not Allowed", request.method() + " method not supported");
    }
}
