package dev.callbus.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import dev.callbus.time.LoopTime;
import dev.callbus.twilio.RestFailure.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one ask, each within its deadline. Every failure becomes a {@link RestFailure}. A write is repeated after a 429 only,
 * which says that it wasn't done, and not if the limit is one that lasts; a read is repeated after whatever may pass.
 *
 * <p>It goes over Vert.x's client since both twilio-java (5xx) and the client beneath it (503) repeat a POST. Source: twilio-java 13.0.1
 * {@code HttpClient.reliableRequest}, httpclient5 {@code DefaultHttpRequestRetryStrategy}.
 */
final class RestTransport extends HttpClient {
    private static final int TRIES = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The limits of a verification, which last for minutes. Source: twilio.com/docs/api/errors/60202, 60203 */
    private static final Set<Integer> LASTING = Set.of(60202, 60203);

    private final RestHttp http;
    private final RestRequests requests;
    private final RestTiming timing;
    private final Deadline deadline;

    /** @param restUrl where requests go instead of {@code twilio.com}, if elsewhere */
    RestTransport(RestHttp http, @Nullable URI restUrl, RestTiming timing, Deadline deadline) {
        this.http = http;
        this.requests = new RestRequests(restUrl);
        this.timing = timing;
        this.deadline = deadline;
    }

    @Override
    public Response reliableRequest(Request request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return makeRequest(request);
            } catch (RestFailure e) {
                boolean passing = (e.status() == 429 && !LASTING.contains(e.code()))
                        || (isRead(request) && e.kind() == Kind.NOTHING_DONE);
                if (!passing || attempt == TRIES || !timing.pause(attempt, deadline)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return reliableRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        var left = deadline.left();
        if (left.isZero()) {
            throw new RestFailure(Kind.NOTHING_DONE, 0, 0, "no time was left to ask Twilio");
        }
        var wait = left.compareTo(timing.answer()) < 0 ? left : timing.answer();
        var answer = exchange(request, wait);
        if (answer.statusCode() < 200 || answer.statusCode() >= 300) {
            throw refused(request, answer);
        }
        return new Response(answer.body(), answer.statusCode());
    }

    private RestHttp.Answer exchange(Request request, Duration wait) {
        var exchange = http.ask(requests.of(request, "application/json"));
        try {
            return LoopTime.get(exchange, wait);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case ConnectException refused -> unreached();
                case UnknownHostException unknown -> unreached();
                case SSLHandshakeException untrusted -> unreached();
                case null, default -> lost(request, 0, "Twilio's answer was lost");
            };
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw lost(request, 0, "Twilio did not answer in time");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw lost(request, 0, "this node is stopping");
        }
    }

    private static RestFailure refused(Request request, RestHttp.Answer answer) {
        int status = answer.statusCode();
        if (status < 400 || status >= 500) {
            return lost(request, status, "Twilio answered with status " + status);
        }
        try {
            var error = JSON.readTree(answer.body());
            return new RestFailure(
                    Kind.REFUSED,
                    status,
                    error.path("code").asInt(),
                    error.path("message").asText("status " + status));
        } catch (JsonProcessingException e) {
            return new RestFailure(Kind.REFUSED, status, 0, "status " + status);
        }
    }

    /** A failure after the request went out. A gateway's word (502, 504) is no word of Twilio's own. */
    private static RestFailure lost(Request request, int status, String message) {
        if (isRead(request)) {
            return new RestFailure(Kind.NOTHING_DONE, status, 0, message);
        }
        return new RestFailure(status == 500 || status == 503 ? Kind.FAILED : Kind.LOST, status, 0, message);
    }

    private static RestFailure unreached() {
        return new RestFailure(Kind.NOTHING_DONE, 0, 0, "Twilio can't be reached");
    }

    private static boolean isRead(Request request) {
        return request.getMethod() == HttpMethod.GET;
    }
}
