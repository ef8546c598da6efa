package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.ServiceNowOptions.OauthClient;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint {@code /oauth_token.do} and the tokens that it gave. Within its life the same access token is given again; a refresh
 * gives a new one. The application's id and secret may be in the form or in the header.
 */
final class OauthTokens {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final List<OauthClient> clients;
    private final Accounts accounts;
    private final Duration life;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Grantee, Access> current = new HashMap<>();
    private final Map<String, Access> valid = new HashMap<>();
    private final Map<String, Grantee> refreshing = new HashMap<>();

    OauthTokens(List<OauthClient> clients, Accounts accounts, Duration life, Clock clock) {
        this.clients = clients;
        this.accounts = accounts;
        this.life = life;
        this.clock = clock;
    }

    /** Who a good token speaks for. */
    synchronized Optional<String> user(String token) {
        return Optional.ofNullable(valid.get(token)).filter(this::isAlive).map(access -> access.grantee.user());
    }

    synchronized ApiReply onRequest(ApiRequest request) {
        if (!request.method().equals("POST") || !request.header("content-type").startsWith(FORM)) {
            return denied();
        }
        var form = form(request);
        return client(request, form).flatMap(client -> grant(client, form)).orElseGet(OauthTokens::denied);
    }

    private Optional<ApiReply> grant(OauthClient client, Map<String, String> form) {
        return switch (form.getOrDefault("grant_type", "")) {
            case "password" ->
                accounts.login(form.getOrDefault("username", ""), form.getOrDefault("password", ""))
                        .map(session -> new Grantee(client.id(), session.userName()))
                        .map(grantee -> reply(access(grantee), refreshToken(grantee)));
            case "refresh_token" -> {
                var token = form.getOrDefault("refresh_token", "");
                yield Optional.ofNullable(refreshing.get(token))
                        .filter(grantee -> grantee.clientId().equals(client.id()))
                        .map(grantee -> reply(renew(grantee), token));
            }
            case "client_credentials" ->
                Optional.ofNullable(client.user()).map(user -> reply(access(new Grantee(client.id(), user)), null));
            default -> Optional.empty();
        };
    }

    private Access access(Grantee grantee) {
        var known = current.get(grantee);
        return known != null && isAlive(known) ? known : renew(grantee);
    }

    private Access renew(Grantee grantee) {
        var access = new Access(newToken(), grantee, clock.instant().plus(life));
        current.put(grantee, access);
        valid.values().removeIf(old -> !isAlive(old));
        valid.put(access.token, access);
        return access;
    }

    private String refreshToken(Grantee grantee) {
        return refreshing.entrySet().stream()
                .filter(known -> known.getValue().equals(grantee))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> {
                    var token = newToken();
                    refreshing.put(token, grantee);
                    return token;
                });
    }

    private ApiReply reply(Access access, @Nullable String refreshToken) {
        var left = Duration.between(clock.instant(), access.end).minusMillis(1).toSeconds();
        var body = new JsonObject().put("access_token", access.token);
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken);
        }
        return ApiReply.json(
                200,
                body.put("scope", "useraccount").put("token_type", "Bearer").put("expires_in", left));
    }

    private static ApiReply denied() {
        return ApiReply.json(
                401, new JsonObject().put("error_description", "access_denied").put("error", "server_error"));
    }

    private Optional<OauthClient> client(ApiRequest request, Map<String, String> form) {
        var header = Accounts.basic(request);
        var id = header.map(Accounts.Login::name).orElseGet(() -> form.getOrDefault("client_id", ""));
        var secret = header.map(Accounts.Login::password).orElseGet(() -> form.getOrDefault("client_secret", ""));
        return clients.stream()
                .filter(client -> client.id().equals(id) && client.secret().equals(secret))
                .findFirst();
    }

    private static Map<String, String> form(ApiRequest request) {
        var form = new HashMap<String, String>();
        for (var pair : request.body().toString(StandardCharsets.UTF_8).split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private boolean isAlive(Access access) {
        return clock.instant().isBefore(access.end);
    }

    private String newToken() {
        var bytes = new byte[64];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whom tokens are given to: a user's application. */
    private record Grantee(String clientId, String user) {}

    /** An access token and its end. */
    private static final class Access {
        private final String token;
        private final Grantee grantee;
        private final Instant end;

        Access(String token, Grantee grantee, Instant end) {
            this.token = token;
            this.grantee = grantee;
            this.end = end;
        }
    }
}
