package dev.callbus.sandbox.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plain client of the JDK: it adds nothing of its own to what a test sends. */
final class TableClient {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String baseUrl;
    private final Map<String, String> headers = new LinkedHashMap<>();

    TableClient(String baseUrl) {
        this.baseUrl = baseUrl;
        headers.put("Accept", "application/json");
    }

    static TableClient basic(String baseUrl, String user, String password) {
        var login = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return new TableClient(baseUrl)
                .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }

    /** The same with another header; null removes it. */
    TableClient with(String header, @Nullable String value) {
        var other = new TableClient(baseUrl);
        other.headers.clear();
        other.headers.putAll(headers);
        if (value == null) {
            other.headers.remove(header);
        } else {
            other.headers.put(header, value);
        }
        return other;
    }

    /** An answer. */
    record Answer(int status, HttpResponse<String> response) {
        String body() {
            return response.body();
        }

        JsonObject json() {
            return new JsonObject(response.body());
        }

        JsonObject result() {
            return json().getJsonObject("result");
        }

        JsonArray results() {
            return json().getJsonArray("result");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String message() {
            return String.valueOf(json().getJsonObject("error").getString("message"));
        }

        @Nullable
        String detail() {
            return json().getJsonObject("error").getString("detail");
        }
    }

    /** @param parameters names and values in turn */
    Answer get(String path, String... parameters) throws IOException, InterruptedException {
        return send("GET", path + query(parameters), null);
    }

    Answer list(String table, String... parameters) throws IOException, InterruptedException {
        return get("/api/now/table/" + table, parameters);
    }

    Answer find(String table, String encodedQuery) throws IOException, InterruptedException {
        return list(table, "sysparm_query", encodedQuery);
    }

    Answer insert(String table, JsonObject record, String... parameters) throws IOException, InterruptedException {
        return json("POST", "/api/now/table/" + table + query(parameters), record.encode());
    }

    Answer update(String table, String sysId, JsonObject record, String... parameters)
            throws IOException, InterruptedException {
        return json("PATCH", "/api/now/table/" + table + '/' + sysId + query(parameters), record.encode());
    }

    Answer json(String method, String path, String body) throws IOException, InterruptedException {
        return with("Content-Type", "application/json").send(method, path, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer form(String path, String... fields) throws IOException, InterruptedException {
        var body = query(fields).replaceFirst("\\?", "");
        return with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String path, byte @Nullable [] body) throws IOException, InterruptedException {
        return send(method, path, body, Duration.ofSeconds(10));
    }

    Answer send(String method, String path, byte @Nullable [] body, Duration timeout)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(timeout)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response);
    }

    private static String query(String... parameters) {
        var pairs = new LinkedHashMap<String, String>();
        for (var index = 0; index < parameters.length; index += 2) {
            pairs.put(parameters[index], parameters[index + 1]);
        }
        return pairs.isEmpty()
                ? ""
                : pairs.entrySet().stream()
                        .map(pair -> encode(pair.getKey()) + '=' + encode(pair.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
