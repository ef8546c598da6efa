package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.platform.Platform;
import dev.callbus.sandbox.servicenow.platform.Refusal;
import dev.callbus.sandbox.servicenow.platform.Row;
import dev.callbus.sandbox.servicenow.platform.Search;
import dev.callbus.sandbox.servicenow.platform.Session;
import dev.callbus.sandbox.servicenow.platform.Table;
import dev.callbus.sandbox.servicenow.query.EncodedQuery;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The Attachment API: files with raw bodies. Whoever can't see a record can't see its files.
 *
 * <p>Source: servicenow.com/docs/r/api-reference/rest-apis/c_AttachmentAPI.html
 */
final class AttachmentApi {
    private final Platform platform;

    AttachmentApi(Platform platform) {
        this.platform = platform;
    }

    /** {@code GET /attachment} */
    ApiReply list(Session session, ApiRequest request) {
        requireMethod(request, "GET");
        var table = attachments();
        var page = Page.of(request);
        var query = EncodedQuery.of(request.parameter("sysparm_query").orElse(""));
        var found = platform.search(session, table, new Search(query, page.limit(), page.offset()));
        var result = new JsonArray();
        found.rows().stream()
                .filter(row -> isVisible(session, row))
                .forEach(row -> result.add(show(session, request, row)));
        return ApiReply.json(200, new JsonObject().put("result", result))
                .with("x-total-count", Long.toString(found.total()))
                .with("link", page.links(found));
    }

    /** {@code POST /attachment/file} */
    ApiReply add(Session session, ApiRequest request) {
        requireMethod(request, "POST");
        var type = request.header("content-type");
        if (type.isBlank()) {
            throw new Refusal(415, "Unsupported Media Type", "Content-Type of the file is missing");
        }
        var owner = platform.table(required(request, "table_name"));
        var row = platform.attach(
                session,
                owner,
                required(request, "table_sys_id"),
                required(request, "file_name"),
                type,
                request.body().getBytes());
        return ApiReply.json(201, new JsonObject().put("result", show(session, request, row)))
                .with("location", request.baseUrl() + "/api/now/attachment/" + row.sysId());
    }

    /** {@code GET} and {@code DELETE /attachment/{sys_id}} */
    ApiReply onFile(Session session, ApiRequest request, String sysId) {
        var row = visible(session, sysId);
        return switch (request.method()) {
            case "GET" -> ApiReply.json(200, new JsonObject().put("result", show(session, request, row)));
            case "DELETE" -> {
                platform.detach(session, sysId);
                yield ApiReply.empty(204);
            }
            default -> throw TableApi.wrongMethod(request);
        };
    }

    /** {@code GET /attachment/{sys_id}/file} */
    ApiReply content(Session session, ApiRequest request, String sysId) {
        requireMethod(request, "GET");
        var row = visible(session, sysId);
        return ApiReply.of(200, row.get("content_type"), Buffer.buffer(platform.content(session, sysId)))
                .with("x-attachment-metadata", show(session, request, row).encode());
    }

    private Row visible(Session session, String sysId) {
        var row = platform.get(session, attachments(), sysId);
        if (!isVisible(session, row)) {
            throw Refusal.noRecord();
        }
        return row;
    }

    private boolean isVisible(Session session, Row attachment) {
        return platform.sees(session, platform.table(attachment.get("table_name")), attachment.get("table_sys_id"));
    }

    private JsonObject show(Session session, ApiRequest request, Row row) {
        var view = new RecordView(RecordView.Values.STORED, RecordView.Links.SHOWN, List.of(), request.baseUrl());
        return platform.read(session, lookups -> view.show(lookups, attachments(), row))
                .put("download_link", request.baseUrl() + "/api/now/attachment/" + row.sysId() + "/file");
    }

    private Table attachments() {
        return platform.table("sys_attachment");
    }

    private static String required(ApiRequest request, String parameter) {
        return request.parameter(parameter)
                .orElseThrow(() ->
                        new Refusal(400, "Invalid request parameters", "Missing required parameter " + parameter));
    }

    private static void requireMethod(ApiRequest request, String method) {
        if (!request.method().equals(method)) {
            throw TableApi.wrongMethod(request);
        }
    }
}
