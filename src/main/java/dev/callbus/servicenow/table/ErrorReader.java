package dev.callbus.servicenow.table;

import dev.callbus.servicenow.table.TableFailure.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads refusals: what an error status, its body or a broken connection means. Of the body only what ServiceNow says about
 * fields is kept, since details can hold data of records.
 *
 * <p>Source: ServiceNow, "REST API HTTP response codes"; {@code {"error":{"message","detail"},"status":"failure"}}
 */
final class ErrorReader {
    private static final Pattern MANDATORY =
            Pattern.compile("following fields are mandatory:\\s*([^\\n\\r]*)", Pattern.CASE_INSENSITIVE);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    private static final long LONGEST_RETRY_AFTER = 3600;

    private ErrorReader() {}

    /** The failure that an answer with an error status stands for. */
    static TableFailure read(int status, @Nullable String retryAfter, @Nullable Buffer body) {
        var detail = words(body);
        return switch (status) {
            case 401 ->
                new TableFailure(
                        Kind.CREDENTIALS, "Unable to authenticate with ServiceNow. Please verify the credentials.");
            case 403 -> forbidden(detail);
            case 404 -> new TableFailure(Kind.NO_RECORD, "ServiceNow has no such record, or doesn't show it.");
            case 408 -> new TableFailure(Kind.TIMEOUT, "ServiceNow did not answer in time.");
            case 429 -> TableFailure.rateLimit(seconds(retryAfter));
            default ->
                status >= 500
                        ? new TableFailure(Kind.SERVER_ERROR, "ServiceNow failed with status " + status + ".")
                        : new TableFailure(
                                Kind.REFUSED,
                                "ServiceNow did not accept the request (status " + status + "). Nothing was done.");
        };
    }

    /** The failure that an exception of the HTTP client stands for. */
    static TableFailure of(Throwable cause) {
        return switch (cause) {
            case TableFailure known -> known;
            case ConnectException e -> notSent();
            case NoRouteToHostException e -> notSent();
            case UnknownHostException e -> notSent();
            case SSLException e -> notSent();
            case ConnectionPoolTooBusyException e -> notSent();
            case TimeoutException e -> new TableFailure(Kind.TIMEOUT, "ServiceNow did not answer in time.");
            default -> new TableFailure(Kind.LOST, "The connection to ServiceNow broke.");
        };
    }

    private static TableFailure notSent() {
        return new TableFailure(Kind.NOT_SENT, "ServiceNow can't be reached. Nothing was done.");
    }

    private static TableFailure forbidden(String said) {
        var folded = said.toLowerCase(Locale.ROOT);
        if (folded.contains("data policy exception")) {
            return TableFailure.dataPolicy(mandatory(said));
        } else if (folded.contains("business rule")) {
            return new TableFailure(Kind.BUSINESS_RULE, "A business rule in ServiceNow does not allow this.");
        }
        return new TableFailure(
                Kind.FORBIDDEN,
                "ServiceNow does not permit this. The user account may need additional roles or permissions.");
    }

    private static List<String> mandatory(String detail) {
        var match = MANDATORY.matcher(detail);
        if (!match.find()) {
            return List.of();
        }
        return Arrays.stream(match.group(1).split(",", -1))
                .map(ErrorReader::label)
                .filter(label -> !label.isEmpty())
                .toList();
    }

    private static String label(String text) {
        return text.replaceAll("[^\\p{L}\\p{N} _()/-]", "").strip();
    }

    /** Message and detail, whatever their shape; empty if the body isn't JSON. */
    private static String words(@Nullable Buffer body) {
        try {
            if (body == null || !(body.toJsonValue() instanceof JsonObject json)) {
                return "";
            }
            return switch (json.getValue("error")) {
                case JsonObject error -> error.getValue("message") + "\n" + error.getValue("detail");
                case String error -> error;
                case null, default -> "";
            };
        } catch (DecodeException e) {
            return "";
        }
    }

    private static Duration seconds(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.strip().matches("[0-9]{1,9}")) {
            return RETRY_AFTER;
        }
        return Duration.ofSeconds(Math.min(LONGEST_RETRY_AFTER, Long.parseLong(retryAfter.strip())));
    }
}
