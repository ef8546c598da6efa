package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.platform.Platform;
import dev.callbus.sandbox.servicenow.platform.Session;
import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import io.vertx.core.json.JsonObject;

/** The Aggregate API, as far as it counts: {@code GET /api/now/stats/{table}?sysparm_count=true}. */
final class StatsApi {
    private final Platform platform;

    StatsApi(Platform platform) {
        this.platform = platform;
    }

    ApiReply onTable(Session session, ApiRequest request, String tableName) {
        if (!request.method().equals("GET")) {
            throw TableApi.wrongMethod(request);
        }
        var table = platform.table(tableName);
        var query = EncodedQuery.of(request.parameter("sysparm_query").orElse(""));
        var stats = new JsonObject();
        if (request.isTrue("sysparm_count")) {
            stats.put("count", Long.toString(platform.count(session, table, query)));
        }
        return ApiReply.json(200, new JsonObject().put("result", new JsonObject().put("stats", stats)));
    }
}
