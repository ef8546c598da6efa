package dev.callbus.sandbox.openai;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that a request carries a bearer token; any token will do. */
final class Credentials {
    private static final Pattern BEARER = Pattern.compile("Bearer +\\S+", Pattern.CASE_INSENSITIVE);

    private Credentials() {}

    /** Returns the error to answer with, or null if the request carries a token. */
    static @Nullable ApiError check(HttpServerRequest request) {
        String header = request.getHeader("authorization");
        if (header != null && BEARER.matcher(header.strip()).matches()) {
            return null;
        }
        return ApiError.refused(
                401,
                "You didn't provide an API key. You need to provide your API key in an Authorization header using"
                        + " Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
                "invalid_api_key");
    }
}
