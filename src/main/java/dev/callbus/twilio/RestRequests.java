package dev.callbus.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import dev.callbus.twilio.RestFailure.Kind;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Requests of twilio-java as they are sent, to Twilio and to nobody else.
 *
 * @param restUrl where requests go instead of {@code twilio.com}, if elsewhere
 */
record RestRequests(@Nullable URI restUrl) {

    /** @param accept the media types that are wanted */
    RestRequest of(Request request, String accept) {
        var headers = HttpHeaders.headers().add("Accept", accept);
        if (request.requiresAuthentication()) {
            headers.add("Authorization", request.getAuthString());
        }
        request.getHeaderParams().forEach(headers::add);
        var method = request.getMethod();
        if (method == HttpMethod.POST) {
            headers.add("Content-Type", "application/x-www-form-urlencoded");
        }
        var body = method == HttpMethod.POST ? request.encodeFormBody() : "";
        return new RestRequest(method.name(), target(request), headers, body);
    }

    /** Where the request really goes; an address from an answer (the next page) never leads away from Twilio. */
    private URI target(Request request) {
        var url = URI.create(request.constructURL().toString());
        if (restUrl != null) {
            var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            return URI.create(restUrl + url.getRawPath() + query);
        }
        if (!"https".equals(url.getScheme()) || !url.getHost().endsWith(".twilio.com")) {
            throw new RestFailure(Kind.NOTHING_DONE, 0, 0, "Twilio's answer led to another host");
        }
        return url;
    }
}
