package dev.callbus.sandbox.servicenow.platform;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * On whose behalf, and when, something is done.
 *
 * @param userId the user's sys_id
 * @param zone in which the user reads and writes times, where display values are used
 */
public record Session(String userId, String userName, Set<String> roles, ZoneId zone, Instant now) {
    public Session {
        roles = Set.copyOf(roles);
    }

    /** Whether the user has one of these roles; an administrator has all. */
    boolean has(String... anyOf) {
        return roles.contains("admin") || Set.of(anyOf).stream().anyMatch(roles::contains);
    }

    boolean isAdministrator() {
        return roles.contains("admin");
    }
}
