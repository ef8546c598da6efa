package dev.callbus.sandbox.servicenow;

import dev.callbus.sandbox.servicenow.platform.Platform;
import dev.callbus.sandbox.servicenow.platform.Refusal;
import dev.callbus.sandbox.servicenow.platform.Session;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What answers: checks who asks and how, and leads to the API that the path names. It blocks. */
final class Instance {
    private static final Logger log = LoggerFactory.getLogger(Instance.class);
    private static final Pattern PATH =
            Pattern.compile("/api/now/(?:(?<version>v1|v2)/)?(?<api>table|stats|attachment)(?<rest>(/[^/]+)*)/?");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final Accounts accounts;
    private final OauthTokens tokens;
    private final HourlyLimit hourly;
    private final TableApi tables;
    private final StatsApi stats;
    private final AttachmentApi attachments;

    Instance(ServiceNowOptions options, Platform platform, Clock clock) {
        accounts = new Accounts(options.users(), platform, options.zone(), clock);
        tokens = new OauthTokens(options.oauthClients(), accounts, options.tokenLife(), clock);
        hourly = new HourlyLimit(options.requestsPerHour(), clock);
        tables = new TableApi(platform);
        stats = new StatsApi(platform);
        attachments = new AttachmentApi(platform);
        accounts.enrol();
    }

    ApiReply answer(ApiRequest request) {
        try {
            return request.path().equals("/oauth_token.do") ? tokens.onRequest(request) : authenticated(request);
        } catch (Refusal refusal) {
            return ApiReply.refused(refusal);
        } catch (RuntimeException e) {
            log.error("sandbox failed [method: {}, path: {}]", request.method(), request.path(), e);
            return ApiReply.refused(new Refusal(500, "Internal Server Error", null));
        }
    }

    private ApiReply authenticated(ApiRequest request) {
        var session = session(request).orElseThrow(Instance::notAuthenticated);
        var count = hourly.count(session.userName());
        if (count.isOver()) {
            return count.mark(ApiReply.refused(new Refusal(
                    429,
                    "Rate limit exceeded",
                    "Rate limit of " + count.limit() + " requests per hour for Table API exceeded")));
        }
        try {
            return count.mark(route(session, request));
        } catch (Refusal refusal) {
            return count.mark(ApiReply.refused(refusal));
        }
    }

    private ApiReply route(Session session, ApiRequest request) {
        var path = PATH.matcher(request.path());
        if (!path.matches()) {
            throw noResource();
        }
        if (!METHODS.contains(request.method())) {
            throw TableApi.wrongMethod(request);
        }
        var steps = path.group("rest").isEmpty()
                ? new String[0]
                : path.group("rest").substring(1).split("/", -1);
        if (path.group("api").equals("attachment")) {
            return attachment(session, request, steps);
        }
        checkAccept(request);
        var version = Optional.ofNullable(path.group("version")).orElse("");
        return switch (path.group("api") + steps.length) {
            case "table1" -> tables.onTable(session, request, version, steps[0]);
            case "table2" -> tables.onRecord(session, request, steps[0], steps[1]);
            case "stats1" -> stats.onTable(session, request, steps[0]);
            default -> throw noResource();
        };
    }

    private ApiReply attachment(Session session, ApiRequest request, String... steps) {
        return switch (steps.length) {
            case 0 -> attachments.list(session, request);
            case 1 ->
                steps[0].equals("file")
                        ? attachments.add(session, request)
                        : attachments.onFile(session, request, steps[0]);
            case 2 -> {
                if (!steps[1].equals("file")) {
                    throw noResource();
                }
                yield attachments.content(session, request, steps[0]);
            }
            default -> throw noResource();
        };
    }

    private Optional<Session> session(ApiRequest request) {
        var header = request.header("authorization");
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? tokens.user(header.substring(7).strip()).flatMap(accounts::session)
                : Accounts.basic(request).flatMap(login -> accounts.login(login.name(), login.password()));
    }

    /** This instance speaks JSON only. The header is required by the documentation, if not by all instances. */
    private static void checkAccept(ApiRequest request) {
        var accept = request.header("accept").toLowerCase(Locale.ROOT);
        if (accept.isBlank()) {
            throw new Refusal(400, "Bad Request", "Accept header is missing");
        }
        if (!accept.contains("application/json") && !accept.contains("*/*") && !accept.contains("application/*")) {
            throw new Refusal(406, "Not Acceptable", "Supported media type: application/json");
        }
    }

    private static Refusal notAuthenticated() {
        return new Refusal(401, "User Not Authenticated", "Required to provide Auth information");
    }

    private static Refusal noResource() {
        return new Refusal(400, "Requested URI does not represent any resource", null);
    }
}
