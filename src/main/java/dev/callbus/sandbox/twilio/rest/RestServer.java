package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's REST API on a port of this machine: checks the account's credentials, reads forms, and words all refusals as Twilio
 * does. All of Twilio's hosts (api, sync, …) are this one; their paths don't collide.
 */
public final class RestServer {
    private static final int UNAUTHORIZED = 20003;
    private static final int NOT_FOUND = 20404;
    private static final int METHOD_NOT_ALLOWED = 20004;
    private static final int INTERNAL = 20500;
    private static final int BODY_LIMIT = 1 << 20;

    private final Vertx vertx;
    private final byte[] credentials;
    private final List<RestResource> resources;
    private final int port;
    private final Router router;
    private @Nullable HttpServer server;

    /** @param port to listen on, at loopback; 0 for any free one */
    public RestServer(Vertx vertx, String accountSid, String authToken, List<RestResource> resources, int port) {
        this.vertx = vertx;
        this.credentials = (accountSid + ":" + authToken).getBytes(StandardCharsets.UTF_8);
        this.resources = List.copyOf(resources);
        this.port = port;
        this.router = Router.router(vertx);
    }

    /** Serves one more resource from now on. */
    public void add(RestResource resource) {
        resource.mount(router);
    }

    /** Starts it. */
    public Future<RestServer> start() {
        router.route().handler(this::authenticate);
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        resources.forEach(resource -> resource.mount(router));
        router.errorHandler(404, routing -> refuse(routing, notFound(routing)));
        router.errorHandler(
                405, routing -> refuse(routing, new RestError(405, METHOD_NOT_ALLOWED, "Method not allowed")));
        router.errorHandler(500, RestServer::failed);
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setMaxFormAttributeSize(BODY_LIMIT)
                        .setMaxFormBufferedBytes(BODY_LIMIT))
                .requestHandler(router)
                .listen()
                .map(listening -> {
                    server = listening;
                    return this;
                });
    }

    /** Where it is, such as {@code http://127.0.0.1:40123}. */
    public String baseUrl() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return "http://127.0.0.1:" + server.actualPort();
    }

    public Future<Void> close() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private void authenticate(RoutingContext routing) {
        var header = routing.request().getHeader("authorization");
        if (header != null && header.regionMatches(true, 0, "Basic ", 0, 6) && isGood(header.substring(6))) {
            routing.next();
        } else {
            routing.response().putHeader("www-authenticate", "Basic realm=\"Twilio API\"");
            refuse(routing, new RestError(401, UNAUTHORIZED, "Authenticate"));
        }
    }

    private boolean isGood(String encoded) {
        try {
            return MessageDigest.isEqual(credentials, Base64.getDecoder().decode(encoded.strip()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Twilio's refusal of a path where nothing is. */
    static RestError notFound(RoutingContext routing) {
        return new RestError(
                404, NOT_FOUND, "The requested resource " + routing.request().path() + " was not found");
    }

    private static void failed(RoutingContext routing) {
        refuse(
                routing,
                routing.failure() instanceof RestError known
                        ? known
                        : new RestError(500, INTERNAL, "An internal server error has occurred"));
    }

    private static void refuse(RoutingContext routing, RestError error) {
        if (!routing.response().ended()) {
            routing.response()
                    .setStatusCode(error.status())
                    .putHeader("content-type", "application/json")
                    .end(error.body().encode());
        }
    }
}
