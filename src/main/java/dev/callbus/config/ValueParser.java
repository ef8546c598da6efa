package dev.callbus.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns what somebody wrote into a value, or says what is wrong with it. */
@FunctionalInterface
interface ValueParser<T> {
    /** The value; {@link Refused} if the text is none. */
    T parse(String text) throws Refused;

    ValueParser<String> TEXT = text -> text;

    ValueParser<Duration> DURATION = ValueParser::duration;

    ValueParser<String> PHONE_NUMBER = matching(
            "\\+[1-9][0-9]{6,14}",
            "is no E.164 phone number",
            "write + and the country code first, such as +15551234567");

    ValueParser<String> ACCOUNT_SID = matching(
            "AC[0-9a-fA-F]{32}", "is no account SID", "copy the value that begins with AC from the Twilio console");

    ValueParser<String> WORKFLOW_SID =
            matching("WW[0-9a-fA-F]{32}", "is no workflow SID", "copy the value that begins with WW from TaskRouter");

    ValueParser<String> TWILIO_PLACE = matching(
            "[a-z][a-z0-9-]*", "is no part of a host name", "write its ID in small letters, such as dublin or ie1");

    ValueParser<Secret> AUTH_TOKEN = text -> new Secret(matching(
                    "[0-9a-fA-F]{32}",
                    "is no auth token, which has 32 digits 0-9 and a-f",
                    "copy the Auth Token of the account from the Twilio console; an API key's secret does not do")
            .parse(text));

    ValueParser<String> ASSET_KEY = text -> matching(
                    "[A-Za-z0-9_-]+",
                    "is no asset key",
                    "write the file's name without folder and ending: A-Z a-z 0-9 _ -")
            .parse(text.replaceFirst("\\.(md|json)$", ""));

    ValueParser<URI> PUBLIC_URL = ValueParser::publicUrl;

    ValueParser<URI> BASE_URL = ValueParser::baseUrl;

    ValueParser<URI> REST_URL = text ->
            URI.create(url(text, "write it as http://127.0.0.1:3002").toString().replaceAll("/+$", ""));

    ValueParser<Boolean> BOOLEAN = text -> switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on" -> true;
        case "false", "no", "off" -> false;
        default -> throw new Refused("is neither true nor false", "write true or false");
    };

    /** A whole number within these bounds. */
    static ValueParser<Integer> integer(int least, int most) {
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new Refused("is no whole number", range(least, most));
            }
            throw new Refused("is out of range", range(least, most));
        };
    }

    /** A number within these bounds. */
    static ValueParser<Double> decimal(double least, double most) {
        return text -> {
            try {
                double number = new BigDecimal(text).doubleValue();
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new Refused("is no number", range(least, most));
            }
            throw new Refused("is out of range", range(least, most));
        };
    }

    /** One of these words. */
    static ValueParser<String> oneOf(String... words) {
        return text -> {
            if (!List.of(words).contains(text)) {
                throw new Refused("is not known here", "write " + String.join(" or ", words));
            }
            return text;
        };
    }

    /** Text of this form. */
    static ValueParser<String> matching(String form, String problem, String remedy) {
        var pattern = Pattern.compile(form);
        return text -> {
            if (!pattern.matcher(text).matches()) {
                throw new Refused(problem, remedy);
            }
            return text;
        };
    }

    private static String range(Number least, Number most) {
        return "write a number from " + least + " to " + most;
    }

    private static Duration duration(String text) throws Refused {
        var match = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *(ms|s|m|h|)").matcher(text);
        if (!match.matches() || match.group(1).length() > 12) {
            throw new Refused("is no duration", "write it as 20s, 1500ms, 2m or as plain seconds");
        }
        var milliseconds = Map.of("ms", 1, "s", 1_000, "", 1_000, "m", 60_000, "h", 3_600_000);
        var unit = BigDecimal.valueOf(milliseconds.getOrDefault(match.group(2), 1_000));
        var duration =
                Duration.ofMillis(new BigDecimal(match.group(1)).multiply(unit).longValue());
        if (duration.isZero()) {
            throw new Refused("is not longer than nothing", "write a positive duration, such as 20s or 1500ms");
        }
        return duration;
    }

    private static URI publicUrl(String text) throws Refused {
        var remedy = "write the host that the outside reaches, such as example.ngrok.app or https://example.org:8443";
        var url = url(text.contains("://") ? text : "https://" + text, remedy);
        var path = url.getPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            throw new Refused("has a path", "write the host only: the paths are the server's own");
        }
        return URI.create((url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT));
    }

    private static URI baseUrl(String text) throws Refused {
        var url = url(text, "write it as https://api.openai.com/v1 or http://127.0.0.1:11434/v1")
                .toString()
                .replaceAll("/+$", "");
        for (var endpoint : List.of("/chat/completions", "/responses")) {
            if (url.endsWith(endpoint)) {
                throw new Refused("names an endpoint", "write it without " + endpoint);
            }
        }
        return URI.create(url);
    }

    private static URI url(String text, String remedy) throws Refused {
        try {
            var url = new URI(text);
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !scheme.equals("http")) {
                throw new Refused("does not begin with https:// or http://", remedy);
            } else if (url.getRawUserInfo() != null) {
                throw new Refused("holds a user name or password", "take it out of the URL");
            } else if (url.getHost() == null || url.getPort() > 65_535) {
                throw new Refused("has no valid host", remedy);
            } else if (url.getRawQuery() != null || url.getRawFragment() != null) {
                throw new Refused("has a query or a fragment", "take out everything from the ? or # on");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new Refused("is no URL", remedy);
        }
    }
}
