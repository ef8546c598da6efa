package dev.callbus.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import dev.callbus.twilio.RestFailure.Kind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/**
 * Requests of twilio-java as the JDK's client sends them, to Twilio and to nobody else.
 *
 * @param restUrl where requests go instead of {@code twilio.com}, if elsewhere
 */
record RestRequests(@Nullable URI restUrl) {

    /** @param accept the media types that are wanted */
    HttpRequest of(Request request, String accept) {
        var builder = HttpRequest.newBuilder(target(request)).header("Accept", accept);
        if (request.requiresAuthentication()) {
            builder.header("Authorization", request.getAuthString());
        }
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        var method = request.getMethod();
        if (method == HttpMethod.POST) {
            return builder.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(request.encodeFormBody()))
                    .build();
        }
        return builder.method(method.name(), BodyPublishers.noBody()).build();
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
