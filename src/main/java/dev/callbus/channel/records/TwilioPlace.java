package dev.callbus.channel.records;

import dev.callbus.config.TwilioSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the account's recordings are.
 *
 * @param restUrl where Twilio's REST API is, if it isn't at Twilio
 */
public record TwilioPlace(String accountSid, @Nullable URI restUrl) {
    /** The API's host, with an edge and a region if there are. Source: twilio.com/docs/global-infrastructure */
    private static final Pattern HOST = Pattern.compile("api(\\.[a-z0-9-]{1,30}){0,2}\\.twilio\\.com");

    private static final Pattern SUFFIX = Pattern.compile("\\.(mp3|wav|json)$");

    /** The place that is configured. */
    public static TwilioPlace of(TwilioSettings settings) {
        return new TwilioPlace(settings.accountSid(), settings.restUrl());
    }

    /** Whether this is the URL of that recording of the account; it is only looked at, and never asked. */
    boolean isOf(String recordingSid, String url) {
        try {
            var uri = new URI(url);
            var path = "/2010-04-01/Accounts/" + accountSid + "/Recordings/" + recordingSid;
            return uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && isHost(uri)
                    && path.equals(withoutSuffix(String.valueOf(uri.getRawPath())));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The URL of the recording as MP3. */
    static String mp3(String url) {
        return withoutSuffix(url) + ".mp3";
    }

    private boolean isHost(URI uri) {
        boolean isTwilio = "https".equals(uri.getScheme())
                && uri.getPort() == -1
                && HOST.matcher(String.valueOf(uri.getHost())).matches();
        boolean isConfigured = restUrl != null
                && String.valueOf(restUrl.getScheme()).equals(uri.getScheme())
                && String.valueOf(restUrl.getHost()).equals(uri.getHost())
                && restUrl.getPort() == uri.getPort();
        return isTwilio || isConfigured;
    }

    private static String withoutSuffix(String path) {
        return SUFFIX.matcher(path).replaceFirst("");
    }
}
