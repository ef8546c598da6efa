package dev.callbus.sandbox.servicenow;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox instance is like.
 *
 * @param users who may log in; each is in {@code sys_user} as well
 * @param oauthClients applications that may ask for tokens
 * @param database where the records live
 * @param requestsPerHour how many requests a user may send in an hour before 429
 * @param tokenLife how long an access token is good
 * @param zone in which users read display values; stored values are in UTC. Unlike UTC, so that mixing them up shows
 * @param port to listen on, at loopback; 0 for any free one
 */
public record ServiceNowOptions(
        List<User> users,
        List<OauthClient> oauthClients,
        Database database,
        int requestsPerHour,
        Duration tokenLife,
        ZoneId zone,
        int port) {
    public ServiceNowOptions {
        users = List.copyOf(users);
        oauthClients = List.copyOf(oauthClients);
    }

    /** An instance as integrations usually meet it: one user with the role {@code itil}, all in memory. */
    public static ServiceNowOptions lifelike(String user, String password) {
        return new ServiceNowOptions(
                List.of(new User(user, password, Set.of("itil"))),
                List.of(),
                new Database.Memory(),
                100_000,
                Duration.ofMinutes(30),
                ZoneId.of("America/Los_Angeles"),
                0);
    }

    /** The same with one more user. */
    public ServiceNowOptions withUser(User user) {
        return new ServiceNowOptions(
                append(users, user), oauthClients, database, requestsPerHour, tokenLife, zone, port);
    }

    /** The same with one more application. */
    public ServiceNowOptions withOauthClient(OauthClient client) {
        return new ServiceNowOptions(
                users, append(oauthClients, client), database, requestsPerHour, tokenLife, zone, port);
    }

    /** The same with its records elsewhere. */
    public ServiceNowOptions withDatabase(Database other) {
        return new ServiceNowOptions(users, oauthClients, other, requestsPerHour, tokenLife, zone, port);
    }

    /** The same with another rate limit. */
    public ServiceNowOptions withRequestsPerHour(int limit) {
        return new ServiceNowOptions(users, oauthClients, database, limit, tokenLife, zone, port);
    }

    /** The same with tokens of another life. */
    public ServiceNowOptions withTokenLife(Duration life) {
        return new ServiceNowOptions(users, oauthClients, database, requestsPerHour, life, zone, port);
    }

    /** The same at another port. */
    public ServiceNowOptions withPort(int other) {
        return new ServiceNowOptions(users, oauthClients, database, requestsPerHour, tokenLife, zone, other);
    }

    private static <T> List<T> append(List<T> list, T one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }

    /** Who may log in. Known roles: {@code admin}, {@code itil}, {@code itil_admin}, {@code user_admin}, {@code sn_incident_write}. */
    public record User(String name, String password, Set<String> roles) {
        public User {
            roles = Set.copyOf(roles);
        }

        /** Says who, not with what. */
        @Override
        public String toString() {
            return "User[name=" + name + ", roles=" + roles + "]";
        }
    }

    /**
     * An application of the OAuth registry.
     *
     * @param user on whose behalf it acts by itself (grant {@code client_credentials}); null if it may not
     */
    public record OauthClient(
            String id, String secret, @Nullable String user) {

        /** Says which, not with what. */
        @Override
        public String toString() {
            return "OauthClient[id=" + id + ", user=" + user + "]";
        }
    }

    /** Where records live. */
    public sealed interface Database {

        /** In memory: gone when the server closes. */
        record Memory() implements Database {}

        /** In a file, whose name gets the ending {@code .mv.db}; found again at the next start. */
        record InFile(Path path) implements Database {}

        /** As H2 wants it. */
        default String url() {
            return switch (this) {
                case Memory() -> "jdbc:h2:mem:" + UUID.randomUUID();
                case InFile(var path) -> "jdbc:h2:file:" + path.toAbsolutePath();
            };
        }
    }
}
