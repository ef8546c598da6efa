package dev.callbus.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Twilio's calls and messages as the tests play them over HTTP, with faults on order; {@link PlayedSync} plays Sync. */
final class PlayedTwilio {
    static final String ACCOUNT = "AC" + "a".repeat(32);
    private static final String BASE = "/2010-04-01/Accounts/" + ACCOUNT;

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<PlacedCall> calls = new CopyOnWriteArrayList<>();
    final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    final Queue<Scripted> scripted = new ConcurrentLinkedQueue<>();
    final PlayedSync sync = new PlayedSync();

    private final Vertx vertx;
    private final HttpServer server;
    private final Queue<MultiMap> late = new ArrayDeque<>();

    /** What goes wrong with a request that creates something. */
    enum Fault {
        NONE,
        FAIL_BEFORE,
        FAIL_AFTER,
        GATEWAY_AFTER,
        CLOSE_BEFORE,
        CLOSE_AFTER,
        /** The answer takes longer than anybody waits. */
        SLOW,
        /** Closes, and creates the call when nobody looks any more: as the next request comes. */
        LATE,
        BUSY
    }

    /** A call that was created. */
    record PlacedCall(String sid, String to, String from, String url, Instant created) {}

    /** A request that came, with its form. */
    record Received(String method, String path, String authorization, MultiMap form) {}

    /** The answer to the next request on this path, in place of what it would be; status 0 closes. */
    record Scripted(String method, String path, int status, String body) {}

    PlayedTwilio(Vertx vertx) throws Exception {
        this.vertx = vertx;
        server = vertx.createHttpServer()
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .await(5, SECONDS);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    long count(String method, String pathEnd) {
        return received.stream()
                .filter(each -> each.method().equals(method) && each.path().endsWith(pathEnd))
                .count();
    }

    Received last(String method, String pathEnd) {
        return received.stream()
                .filter(each -> each.method().equals(method) && each.path().endsWith(pathEnd))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    void script(String method, String path, int status, int code, String message) {
        var body = new JsonObject().put("code", code).put("message", message).put("status", status);
        scripted.add(new Scripted(method, path, status, body.encode()));
    }

    /** Adds a call that somebody else placed. */
    PlacedCall placeElsewhere(String to, String from, Instant created) {
        var call = new PlacedCall("CA%032x".formatted(calls.size() + 1), to, from, "elsewhere", created);
        calls.add(call);
        return call;
    }

    private void receive(HttpServerRequest request) {
        request.setExpectMultipart(request.method().name().equals("POST"));
        request.endHandler(end -> {
            var form = request.formAttributes();
            var authorization = request.getHeader("Authorization");
            received.add(new Received(request.method().name(), request.path(), String.valueOf(authorization), form));
            var script = scripted.stream()
                    .filter(each -> each.method().equals(request.method().name())
                            && request.path().endsWith(each.path()))
                    .findFirst();
            if (script.isPresent()) {
                scripted.remove(script.get());
                answer(request, script.get().status(), script.get().body());
            } else if (request.path().startsWith("/v1/")) {
                sync.serve(request, form);
            } else {
                serve(request, form);
            }
        });
    }

    private void serve(HttpServerRequest request, MultiMap form) {
        var path = request.path();
        boolean post = request.method().name().equals("POST");
        if (path.equals(BASE + "/Calls.json")) {
            if (post) {
                create(request, form);
            } else {
                answer(request, 200, list(request).encode());
            }
        } else if (post && path.equals(BASE + "/Messages.json")) {
            answer(request, 201, "{\"sid\":\"SM1\",\"status\":\"queued\"}");
        } else if (path.startsWith(BASE + "/Calls/")) {
            answer(request, 200, "{\"sid\":\"CA1\",\"status\":\"in-progress\"}");
        } else {
            answer(request, 404, "{\"code\":20404,\"message\":\"not found\"}");
        }
    }

    private void create(HttpServerRequest request, MultiMap form) {
        while (!late.isEmpty()) {
            add(late.remove());
        }
        var fault = faults.poll();
        switch (fault == null ? Fault.NONE : fault) {
            case NONE -> answer(request, 201, json(add(form)).encode());
            case FAIL_BEFORE -> answer(request, 500, "{\"code\":20500,\"message\":\"oops\"}");
            case FAIL_AFTER -> {
                add(form);
                answer(request, 503, "no JSON");
            }
            case GATEWAY_AFTER -> {
                add(form);
                answer(request, 504, "<html>");
            }
            case CLOSE_BEFORE -> answer(request, 0, "");
            case CLOSE_AFTER -> {
                add(form);
                answer(request, 0, "");
            }
            case SLOW -> {
                var call = add(form);
                vertx.setTimer(1500, due -> answer(request, 201, json(call).encode()));
            }
            case LATE -> {
                late.add(form);
                answer(request, 0, "");
            }
            case BUSY -> answer(request, 429, "{\"code\":20429,\"message\":\"Too Many Requests\"}");
        }
    }

    private PlacedCall add(MultiMap form) {
        var call = new PlacedCall(
                "CA%032x".formatted(calls.size() + 1),
                form.get("To"),
                form.get("From"),
                form.get("Url"),
                Instant.now());
        calls.add(call);
        return call;
    }

    private JsonObject list(HttpServerRequest request) {
        var found = new ArrayList<JsonObject>();
        for (var call : calls.reversed()) {
            if (call.to().equals(request.getParam("To")) && call.from().equals(request.getParam("From"))) {
                found.add(json(call));
            }
        }
        return new JsonObject()
                .put("uri", request.uri())
                .put("page_size", 100)
                .putNull("next_page_uri")
                .put("calls", new JsonArray(found));
    }

    private static JsonObject json(PlacedCall call) {
        return new JsonObject()
                .put("sid", call.sid())
                .put("to", call.to())
                .put("from", call.from())
                .put("status", "queued")
                .put("direction", "outbound-api")
                .put(
                        "date_created",
                        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
                                .format(call.created().atOffset(ZoneOffset.UTC)));
    }

    static void answer(HttpServerRequest request, int status, @Nullable String body) {
        if (status == 0) {
            request.connection().close();
        } else if (!request.response().closed()) {
            request.response().setStatusCode(status).end(body == null ? "" : body);
        }
    }
}
