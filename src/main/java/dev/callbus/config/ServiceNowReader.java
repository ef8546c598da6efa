package dev.callbus.config;

import dev.callbus.config.ServiceNowSettings.Basic;
import dev.callbus.config.ServiceNowSettings.ClientCredentials;
import dev.callbus.config.ServiceNowSettings.Credentials;
import dev.callbus.config.ServiceNowSettings.PasswordGrant;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which ServiceNow instance there is and how to sign in to it. */
final class ServiceNowReader {
    /** Who signs in to the sandbox. */
    private static final String SANDBOX_USER = "callbus";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final List<ConfigKey> SIGN_IN = List.of(
            ConfigKey.SERVICENOW_USERNAME,
            ConfigKey.SERVICENOW_PASSWORD,
            ConfigKey.SERVICENOW_CLIENT_ID,
            ConfigKey.SERVICENOW_CLIENT_SECRET);

    private static final ValueParser<Secret> SECRET = Secret::new;
    private static final ValueParser<URI> INSTANCE = ServiceNowReader::instance;
    private static final ValueParser<String> COUNTRY = text -> {
        var code = text.toUpperCase(Locale.ROOT);
        if (!Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(code)) {
            throw new Refused("is no country", "write its two letters, such as US or DE");
        }
        return code;
    };

    private final SettingReader reader;

    ServiceNowReader(SettingReader reader) {
        this.reader = reader;
    }

    /**
     * The settings.
     *
     * @param twilio whose sandbox brings one of ServiceNow along
     * @param outbox the directory that was set
     */
    ServiceNowSettings settings(TwilioSettings twilio, Path outbox) {
        var url = reader.find(ConfigKey.SERVICENOW_INSTANCE, INSTANCE);
        boolean none = !reader.isWritten(ConfigKey.SERVICENOW_INSTANCE);
        boolean sandboxed = none && twilio.sandboxed();
        return new ServiceNowSettings(
                url,
                sandboxed,
                none ? withoutInstance(twilio) : credentials(),
                reader.get(ConfigKey.SERVICENOW_TIMEOUT, ValueParser.DURATION),
                reader.get(ConfigKey.SERVICENOW_REGION, COUNTRY),
                outbox);
    }

    private Credentials withoutInstance(TwilioSettings twilio) {
        SIGN_IN.stream()
                .filter(reader::isWritten)
                .findFirst()
                .ifPresent(key -> missing(key, ConfigKey.SERVICENOW_INSTANCE));
        var keys = twilio.sandboxed() ? twilio.authTokens() : List.<Secret>of();
        return new Basic(SANDBOX_USER, keys.isEmpty() ? Secret.NONE : keys.getFirst());
    }

    private Credentials credentials() {
        var user = reader.find(ConfigKey.SERVICENOW_USERNAME, ValueParser.TEXT);
        var password = reader.find(ConfigKey.SERVICENOW_PASSWORD, SECRET);
        var clientId = reader.find(ConfigKey.SERVICENOW_CLIENT_ID, ValueParser.TEXT);
        var clientSecret = reader.find(ConfigKey.SERVICENOW_CLIENT_SECRET, SECRET);
        needsTheOther(ConfigKey.SERVICENOW_USERNAME, ConfigKey.SERVICENOW_PASSWORD);
        needsTheOther(ConfigKey.SERVICENOW_PASSWORD, ConfigKey.SERVICENOW_USERNAME);
        needsTheOther(ConfigKey.SERVICENOW_CLIENT_ID, ConfigKey.SERVICENOW_CLIENT_SECRET);
        needsTheOther(ConfigKey.SERVICENOW_CLIENT_SECRET, ConfigKey.SERVICENOW_CLIENT_ID);
        if (SIGN_IN.stream().noneMatch(reader::isWritten)) {
            reader.fault(
                    ConfigKey.SERVICENOW_INSTANCE,
                    null,
                    "is set, but nothing to sign in with",
                    "set " + ConfigKey.SERVICENOW_USERNAME.howToSet() + " and "
                            + ConfigKey.SERVICENOW_PASSWORD.howToSet() + ", or those of an OAuth client");
        }
        return credentials(user, or(password), clientId, or(clientSecret));
    }

    private static Credentials credentials(
            @Nullable String user, Secret password, @Nullable String clientId, Secret clientSecret) {
        if (clientId == null) {
            return new Basic(user == null ? "" : user, password);
        }
        return user == null
                ? new ClientCredentials(clientId, clientSecret)
                : new PasswordGrant(clientId, clientSecret, user, password);
    }

    private void needsTheOther(ConfigKey written, ConfigKey other) {
        if (reader.isWritten(written) && !reader.isWritten(other)) {
            missing(written, other);
        }
    }

    private void missing(ConfigKey written, ConfigKey other) {
        reader.fault(
                written,
                null,
                "is set, but " + other.environment().getFirst() + " is not",
                "set " + other.howToSet() + " too");
    }

    private static Secret or(@Nullable Secret secret) {
        return secret == null ? Secret.NONE : secret;
    }

    private static URI instance(String text) throws Refused {
        if (text.matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
            return URI.create("https://" + text.toLowerCase(Locale.ROOT) + ".service-now.com");
        }
        var url = ValueParser.REST_URL.parse(text.contains("://") ? text : "https://" + text);
        if (!"https".equalsIgnoreCase(url.getScheme()) && !LOOPBACK.contains(url.getHost())) {
            throw new Refused(
                    "is not encrypted, and the password would go over the network in clear", "begin it with https://");
        } else if (!String.valueOf(url.getPath()).isEmpty()) {
            throw new Refused(
                    "has a path", "write the instance only, such as dev12345 or https://dev12345.service-now.com");
        }
        return url;
    }
}
