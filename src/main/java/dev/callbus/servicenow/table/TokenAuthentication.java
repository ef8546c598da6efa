package dev.callbus.servicenow.table;

import dev.callbus.config.ServiceNowSettings;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * OAuth access tokens: one request for a token at a time, a refresh token used where there is one, the credentials where it is
 * refused. For one event loop.
 *
 * <p>Source: ServiceNow, "OAuth 2.0", {@code POST /oauth_token.do}, form-urlencoded
 */
final class TokenAuthentication implements Authentication {
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final long USUAL_LIFE = 1800;

    private final Map<String, String> client;
    private final Map<String, String> grant;
    private final BiFunction<TableRequest, Deadline, Future<TableAnswer>> exchange;
    private @Nullable Token token;
    private @Nullable String refreshToken;
    private @Nullable Future<String> pending;

    /** @param exchange sends a request without a header */
    TokenAuthentication(
            ServiceNowSettings.PasswordGrant credentials,
            BiFunction<TableRequest, Deadline, Future<TableAnswer>> exchange) {
        this.client = Map.of(
                "client_id", credentials.clientId(),
                "client_secret", credentials.clientSecret().reveal());
        this.grant = Map.of(
                "grant_type", "password",
                "username", credentials.user(),
                "password", credentials.password().reveal());
        this.exchange = exchange;
    }

    /** @param exchange sends a request without a header */
    TokenAuthentication(
            ServiceNowSettings.ClientCredentials credentials,
            BiFunction<TableRequest, Deadline, Future<TableAnswer>> exchange) {
        this.client = Map.of(
                "client_id", credentials.clientId(),
                "client_secret", credentials.clientSecret().reveal());
        this.grant = Map.of("grant_type", "client_credentials");
        this.exchange = exchange;
    }

    @Override
    public Future<String> header(Deadline deadline) {
        var known = token;
        if (known != null && known.end() - LoopTime.nanos() > 0) {
            return Future.succeededFuture(known.header());
        }
        var current = pending;
        if (current != null) {
            return current;
        }
        var request = fetch(deadline);
        if (!request.isComplete()) {
            pending = request;
            request.onComplete(done -> pending = null);
        }
        return request;
    }

    @Override
    public boolean renew(String refused) {
        if (token != null && token.header().equals(refused)) {
            token = null;
        }
        return true;
    }

    private Future<String> fetch(Deadline deadline) {
        var refresh = refreshToken;
        if (refresh == null) {
            return ask(grant, deadline);
        }
        return ask(Map.of("grant_type", "refresh_token", "refresh_token", refresh), deadline)
                .recover(cause -> {
                    if (cause instanceof TableFailure failure && failure.isOutage()) {
                        return Future.failedFuture(failure);
                    }
                    refreshToken = null;
                    return ask(grant, deadline);
                });
    }

    private Future<String> ask(Map<String, String> by, Deadline deadline) {
        var form = new LinkedHashMap<>(client);
        form.putAll(by);
        var body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var content = new TableRequest.Bytes("application/x-www-form-urlencoded", Buffer.buffer(body));
        var request = new TableRequest(HttpMethod.POST, "oauth_token", "/oauth_token.do", Map.of(), content);
        return exchange.apply(request, deadline).map(answer -> keep(answer.body()));
    }

    private String keep(JsonObject answer) {
        if (!(answer.getValue("access_token") instanceof String access) || access.isEmpty()) {
            throw TableAnswer.nonsense();
        }
        long life = answer.getValue("expires_in") instanceof Number seconds ? seconds.longValue() : USUAL_LIFE;
        long nanos = Duration.ofSeconds(life).minus(LEEWAY).toNanos();
        var fresh = new Token("Bearer " + access, LoopTime.nanos() + Math.max(nanos, LEEWAY.toNanos() / 2));
        token = fresh;
        if (answer.getValue("refresh_token") instanceof String refresh && !refresh.isEmpty()) {
            refreshToken = refresh;
        }
        return fresh.header();
    }

    /** @param end when it is no longer used, as LoopTime.nanos has it */
    private record Token(String header, long end) {
        @Override
        public String toString() {
            return "Token[•]";
        }
    }
}
