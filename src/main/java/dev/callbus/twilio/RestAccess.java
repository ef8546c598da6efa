package dev.callbus.twilio;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.config.TwilioSettings;
import io.vertx.core.Vertx;

/** The way to Twilio's REST APIs: gives each ask a client of its own, which knows the ask's deadline. */
final class RestAccess implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final TwilioSettings settings;
    private final RestTiming timing;
    private final RestHttp http;

    RestAccess(Vertx vertx, TwilioSettings settings, RestTiming timing) {
        this.settings = settings;
        this.timing = timing;
        this.http = new RestHttp(vertx, timing.connect());
    }

    /** Requests about calls and messages. */
    CallRest calls(Deadline deadline) {
        return new SdkCalls(client(deadline));
    }

    /** Requests to Sync. */
    SyncRest sync(Deadline deadline) {
        return new SdkSync(client(deadline));
    }

    /** Requests to Verify. */
    VerifyRest verify(Deadline deadline) {
        return new SdkVerify(client(deadline));
    }

    /** Requests about recordings and transcripts. */
    RecordsRest records(Deadline deadline) {
        var download = new RestDownload(http, new RestRequests(settings.restUrl()), timing, deadline);
        return new SdkRecords(client(deadline), path -> download.fetch(request(path)));
    }

    @Override
    public void close() {
        http.close();
    }

    private TwilioRestClient client(Deadline deadline) {
        return client(settings, new RestTransport(http, settings.restUrl(), timing, deadline));
    }

    /** A request for a file of this account, as its client would send it. */
    Request request(String path) {
        var request = new Request(HttpMethod.GET, Domains.API.toString(), path);
        request.setAuth(settings.accountSid(), settings.authTokens().getFirst().reveal());
        request.setEdge(settings.edge());
        request.setRegion(settings.region());
        return request;
    }

    /** A client of this account over this transport; {@code UNAVAILABLE} if there is no account to speak for. */
    static TwilioRestClient client(TwilioSettings settings, com.twilio.http.HttpClient transport) {
        if (settings.accountSid().isEmpty()
                || settings.authTokens().isEmpty()
                || !settings.authTokens().getFirst().isPresent()) {
            throw new BusException(
                    Failure.UNAVAILABLE,
                    "there is no Twilio account: set ACCOUNT_SID and AUTH_TOKEN (twilio.authToken)");
        }
        if (settings.sandboxed() && settings.restUrl() == null) {
            throw new BusException(
                    Failure.UNAVAILABLE, "the sandbox has no REST server: set TWILIO_REST_URL (twilio.restUrl)");
        }
        var builder = new TwilioRestClient.Builder(
                settings.accountSid(), settings.authTokens().getFirst().reveal());
        builder.httpClient(transport).objectMapper(JSON);
        builder.edge(settings.edge()).region(settings.region());
        return new QuietClient(builder);
    }

    /** A client that doesn't log requests: their parameters are numbers and texts. */
    private static final class QuietClient extends TwilioRestClient {
        QuietClient(Builder builder) {
            super(builder);
        }

        @Override
        public void logRequest(Request request) {
            // nothing of a request is for logs
        }
    }
}
