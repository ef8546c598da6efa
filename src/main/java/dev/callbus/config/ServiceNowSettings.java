package dev.callbus.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The ServiceNow instance.
 *
 * @param url such as {@code https://dev12345.service-now.com}, or null if there is none
 * @param sandboxed whether the sandbox's Table API stands in for it
 * @param requestTimeout for one request
 * @param defaultRegion the country (ISO 3166, such as {@code US}) of telephone numbers that are written without one
 * @param outbox the directory where what ServiceNow couldn't take yet is kept
 */
public record ServiceNowSettings(
        @Nullable URI url,
        boolean sandboxed,
        Credentials credentials,
        Duration requestTimeout,
        String defaultRegion,
        Path outbox) {

    /** How the integration user signs in. */
    public sealed interface Credentials {}

    /** With name and password on each request. */
    public record Basic(String user, Secret password) implements Credentials {}

    /** OAuth with the user's password; tokens are refreshed. */
    public record PasswordGrant(String clientId, Secret clientSecret, String user, Secret password)
            implements Credentials {}

    /** OAuth as the application itself. */
    public record ClientCredentials(String clientId, Secret clientSecret) implements Credentials {}

    /** The same with another place for what it can't take yet. */
    public ServiceNowSettings withOutbox(Path other) {
        return new ServiceNowSettings(url, sandboxed, credentials, requestTimeout, defaultRegion, other);
    }

    /** The same instance in another place. */
    public ServiceNowSettings at(URI other) {
        return new ServiceNowSettings(other, sandboxed, credentials, requestTimeout, defaultRegion, outbox);
    }
}
