package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.ServiceNowOptions.User;
import dev.callbus.sandbox.servicenow.platform.Platform;
import dev.callbus.sandbox.servicenow.platform.Session;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may log in: those of the options, while their records in {@code sys_user} are active and not locked. */
final class Accounts {
    private final List<User> users;
    private final Platform platform;
    private final ZoneId zone;
    private final Clock clock;

    Accounts(List<User> users, Platform platform, ZoneId zone, Clock clock) {
        this.users = users;
        this.platform = platform;
        this.zone = zone;
        this.clock = clock;
    }

    /** Adds a record for each user who has none. */
    void enrol() {
        var system = new Session("", "system", Set.of("admin"), zone, clock.instant());
        for (var user : users) {
            if (platform.user(user.name()).isEmpty()) {
                platform.addUser(
                        system,
                        Map.of(
                                "user_name", user.name(),
                                "first_name", user.name(),
                                "last_name", "Integration",
                                "active", "true",
                                "locked_out", "false",
                                "web_service_access_only", "true"));
            }
        }
    }

    /** The session of a user, if the password is right and the user may log in. */
    Optional<Session> login(String name, String password) {
        return users.stream()
                .filter(user -> user.name().equals(name) && user.password().equals(password))
                .findFirst()
                .flatMap(user -> session(user.name()));
    }

    /** The session of a user; empty if the user may not log in, or not any more. */
    Optional<Session> session(String name) {
        return users.stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .flatMap(user -> platform.user(name)
                        .filter(row -> row.get("active").equals("true")
                                && !row.get("locked_out").equals("true"))
                        .map(row -> new Session(row.sysId(), name, user.roles(), zone, clock.instant())));
    }

    /** The name and password of a Basic header. */
    static Optional<Login> basic(ApiRequest request) {
        var header = request.header("authorization");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            var text = new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            var colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Login(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A name and a password. */
    record Login(String name, String password) {

        /** Says who, not with what. */
        @Override
        public String toString() {
            return "Login[name=" + name + "]";
        }
    }
}
