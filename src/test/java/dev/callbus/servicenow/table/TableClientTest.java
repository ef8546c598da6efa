package dev.callbus.servicenow.table;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.Failure;
import dev.callbus.config.Secret;
import dev.callbus.config.ServiceNowSettings;
import dev.callbus.config.ServiceNowSettings.Credentials;
import dev.callbus.servicenow.table.TableFailure.Kind;
import dev.callbus.servicenow.table.TableStub.Harm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against an instance that misbehaves. */
class TableClientTest {
    private static final Credentials BASIC = new ServiceNowSettings.Basic("callbus", new Secret("secret"));
    private static final Credentials PASSWORD =
            new ServiceNowSettings.PasswordGrant("id", new Secret("cs"), "callbus", new Secret("p&w"));
    private static final TableTiming TIMING = new TableTiming(
            Duration.ofSeconds(4), Duration.ofMillis(10), 4, Duration.ofMillis(300), Duration.ofSeconds(2));
    private static final EncodedQuery NEW = EncodedQuery.where(Condition.is("state", "1"));

    private final Vertx vertx = Vertx.vertx();
    private TableStub stub;
    private TableClient client;

    @BeforeEach
    void start() throws Exception {
        stub = new TableStub(vertx);
        client = client(stub.url(), BASIC);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    @Test
    void asksForValuesAndLabelsAndTheColumnsOfTheFilter() throws Exception {
        stub.add("incident", "number", "INC0010001", "state", "1");
        var row = find().first().orElseThrow();
        assertThat(row.value("state")).isEqualTo("1");
        assertThat(row.display("state")).isEqualTo("New");
        assertThat(stub.seen.getFirst().query())
                .containsEntry("sysparm_query", "state=1")
                .containsEntry("sysparm_display_value", "all")
                .containsEntry("sysparm_exclude_reference_link", "true")
                .containsEntry("sysparm_fields", "number,state,sys_id")
                .containsEntry("sysparm_limit", "10");
        assertThat(stub.seen.getFirst().headers())
                .containsEntry("accept", "application/json")
                .containsEntry("authorization", "Basic Y2FsbGJ1czpzZWNyZXQ=");
    }

    @Test
    void readsReferencesOfAllShapesAndDotWalkedColumns() throws Exception {
        stub.fail("GET", "incident", 1, Harm.STATUS, 200, """
                {"result":[{"sys_id":"a","state":{"display_value":"New","value":"1","link":"x"},
                "caller_id.name":{"display_value":"Abel","value":"Abel"},"assigned_to":"","parent":null,
                "number":{"value":"INC1","link":"y"}}]}""");
        var row = find().first().orElseThrow();
        assertThat(row.value("caller_id.name")).isEqualTo("Abel");
        assertThat(row.value("assigned_to")).isEmpty();
        assertThat(row.value("parent")).isEmpty();
        assertThat(row.display("number")).isEqualTo("INC1");
        assertThat(row.sysId()).isEqualTo("a");
    }

    @Test
    void dropsRowsThatDoNotMeetTheFilterAndCountsThem() throws Exception {
        stub.fail("GET", "incident", 1, Harm.STATUS, 200, "{\"result\":[{\"state\":\"2\"},{\"state\":\"1\"}]}");
        var rows = find();
        assertThat(rows.all()).hasSize(1);
        assertThat(rows.hidden()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "401|User Not Authenticated|Required to provide Auth information|CREDENTIALS|UNAVAILABLE",
                "400|Invalid table X|-|REFUSED|UNAVAILABLE",
                "404|No Record found|Record doesn't exist or ACL restricts the record retrieval|NO_RECORD|NOT_FOUND",
                "403|Insufficient rights to query records|-|FORBIDDEN|CONFLICT",
                "403|Insufficient rights to query records|Field(s) present in the query do not have permission to be read|FORBIDDEN|CONFLICT",
                "403|Operation Failed|Data Policy Exception: The following fields are mandatory: Resolution code, Close notes|DATA_POLICY|CONFLICT",
                "403|Operation Failed|ACL Exception Insert Failed due to security constraints|FORBIDDEN|CONFLICT",
                "403|Operation Failed|Failed API level ACL Validation|FORBIDDEN|CONFLICT",
                "403|Operation Failed|Operation was aborted by Business Rule 'Guard of Mr Secret^0123'|BUSINESS_RULE|CONFLICT",
                "429|Rate limit exceeded|Rate limit of 100 long requests per hour for Table API exceeded|RATE_LIMIT|BUSY",
                "405|Method not allowed|-|REFUSED|UNAVAILABLE",
                "406|Not acceptable|-|REFUSED|UNAVAILABLE",
                "415|Unsupported media type|-|REFUSED|UNAVAILABLE",
                "302|Moved|-|REFUSED|UNAVAILABLE",
                "500|Internal of Mr Secret|java.lang.NullPointerException at Secret|SERVER_ERROR|BAD_GATEWAY",
                "502|Bad gateway|-|SERVER_ERROR|BAD_GATEWAY",
                "503|Unavailable|-|SERVER_ERROR|BAD_GATEWAY"
            })
    void everyRefusalIsTypedAndTellsNothingOfRecords(
            int status, String message, @Nullable String detail, Kind kind, Failure failure) {
        stub.fail("POST", "incident", 1, Harm.STATUS, status, TableStub.error(message, detail));
        var refusal = failed(this::insert);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.failure()).isEqualTo(failure);
        assertThat(refusal.getMessage()).doesNotContain("Secret").doesNotContain("java.");
        assertThat(stub.count("POST", "incident")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|500",
                "[]|503",
                "<html>|502",
                "{\"error\":\"server_error\"}|401",
                "{\"error\":{\"detail\":7}}|403"
            })
    void errorBodiesOfAnyShapeAreTolerated(String body, int status) {
        stub.fail("POST", "incident", 1, Harm.STATUS, status, body);
        assertThat(failed(this::insert).kind()).isIn(Kind.SERVER_ERROR, Kind.CREDENTIALS, Kind.FORBIDDEN);
    }

    @Test
    void namesTheFieldsThatADataPolicyAsksFor() {
        stub.fail(
                "POST",
                "incident",
                1,
                Harm.STATUS,
                403,
                TableStub.error(
                        "Operation Failed",
                        "Data Policy Exception: \n\tThe following fields are mandatory: Resolution code, Close notes"));
        assertThat(failed(this::insert).mandatory()).containsExactly("Resolution code", "Close notes");
    }

    @Test
    void aHibernatingInstanceIsNoAnswer() {
        stub.fail("GET", "incident", 1, Harm.STATUS, 200, "text/html", "<html>Instance Hibernating</html>");
        assertThat(failed(this::find).kind()).isEqualTo(Kind.ASLEEP);
        assertThat(stub.seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"result\":|x", "{\"result\":{}}|x", "{\"result\":[1]}|x", "[]|x", "{}|x", "null|x", "7|x"})
    void wrongJsonIsNoAnswer(String body, String unused) {
        stub.fail("GET", "incident", 1, Harm.STATUS, 200, body);
        assertThat(failed(this::find).kind()).as(unused).isEqualTo(Kind.NONSENSE);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        stub.fail("GET", "incident", 3, Harm.STATUS, 200, "{\"result\":[\"" + "x".repeat(9_000_000) + "\"]}");
        assertThat(failed(this::find).kind()).isIn(Kind.NONSENSE, Kind.TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({"CUT", "STATUS", "SILENCE"})
    void readsAreRepeatedTwice(Harm harm) throws Exception {
        stub.add("incident", "state", "1");
        client = harm == Harm.SILENCE ? hasty() : client;
        find();
        stub.seen.clear();
        stub.fail("GET", "incident", 2, harm);
        assertThat(find().all()).hasSize(1);
        assertThat(stub.seen).hasSize(3);
        stub.fail("GET", "incident", 3, harm);
        failed(this::find);
        assertThat(stub.seen).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({"CUT,LOST", "STATUS,SERVER_ERROR", "SILENCE,TIMEOUT"})
    void writesAreNeverRepeated(Harm harm, Kind kind) {
        client = harm == Harm.SILENCE ? hasty() : client;
        stub.fail("POST", "incident", 1, harm);
        var failure = failed(this::insert);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.leavesOutcomeUnknown()).isTrue();
        assertThat(stub.seen).hasSize(1);
    }

    @Test
    void whatWasNotSentIsKnown() throws Exception {
        client = client(URI.create("http://127.0.0.1:" + freePort()), BASIC);
        var failure = failed(this::insert);
        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(failure.leavesOutcomeUnknown()).isFalse();
    }

    @Test
    void aShortRateLimitIsWaitedFor() throws Exception {
        stub.fail("POST", "incident", 1, Harm.STATUS, 429, TableStub.error("Rate limit exceeded", null));
        assertThat(insert().value("number")).startsWith("INC");
        assertThat(stub.table("incident")).hasSize(1);
    }

    @Test
    void aLongRateLimitHoldsEverything() {
        stub.fail("POST", "incident", 1, Harm.STATUS, 429, TableStub.error("Rate limit exceeded", "long"));
        assertThat(failed(this::insert).retryAfter()).isEqualTo(Duration.ofSeconds(600));
        assertThat(failed(this::find).kind()).isEqualTo(Kind.RATE_LIMIT);
        assertThat(stub.seen).hasSize(1);
    }

    @Test
    void theCircuitOpensAndTriesOneAfterAWhile() throws Exception {
        stub.fail("POST", "incident", 4, Harm.CUT);
        for (int i = 0; i < 4; i++) {
            assertThat(failed(this::insert).kind()).isEqualTo(Kind.LOST);
        }
        assertThat(failed(this::insert).kind()).isEqualTo(Kind.CIRCUIT_OPEN);
        assertThat(stub.seen).hasSize(4);
        vertx.timer(350, MILLISECONDS).await(5, SECONDS);
        stub.fail("POST", "incident", 1, Harm.CUT);
        assertThat(failed(this::insert).kind()).isEqualTo(Kind.LOST);
        assertThat(failed(this::insert).kind()).isEqualTo(Kind.CIRCUIT_OPEN);
        vertx.timer(350, MILLISECONDS).await(5, SECONDS);
        insert();
        insert();
    }

    @Test
    void nothingIsAskedWithoutTime() {
        var failure = catchThrowableOfType(
                TableFailure.class,
                () -> client.find(new TableQuery("incident", NEW, List.of(), 1), Deadline.in(Duration.ZERO))
                        .await(5, SECONDS));
        assertThat(failure.kind()).isEqualTo(Kind.NO_TIME);
        assertThat(stub.seen).isEmpty();
    }

    @Test
    void manyAsksShareOneToken() throws Exception {
        client = client(stub.url(), PASSWORD);
        Future.all(IntStream.range(0, 20)
                        .mapToObj(i -> client.find(query(), Deadline.in(Duration.ofSeconds(5))))
                        .toList())
                .await(10, SECONDS);
        assertThat(stub.count("POST", "oauth_token")).isEqualTo(1);
        assertThat(stub.seen.getFirst().body())
                .contains("grant_type=password", "client_id=id", "client_secret=cs", "password=p%26w");
        assertThat(stub.seen.getFirst().headers()).containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(stub.seen.getLast().headers()).containsEntry("authorization", "Bearer token");
    }

    @Test
    void aTokenThatIsRefusedIsRefreshedOnceAndTheAskRepeated() throws Exception {
        client = client(stub.url(), PASSWORD);
        stub.tokens.addAll(List.of("first", "second"));
        find();
        stub.wantedAuthorization = "Bearer other";
        assertThat(insert().value("number")).startsWith("INC");
        assertThat(stub.table("incident")).hasSize(1);
        assertThat(stub.seen.stream()
                        .filter(each -> each.is("POST", "oauth_token"))
                        .toList()
                        .getLast()
                        .body())
                .contains("grant_type=refresh_token", "refresh_token=again");
        assertThat(stub.count("POST", "oauth_token")).isEqualTo(2);
        stub.fail("POST", "incident", 2, Harm.STATUS, 401, TableStub.error("User Not Authenticated", null));
        assertThat(failed(this::insert).kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(stub.count("POST", "oauth_token")).isEqualTo(3);
    }

    @Test
    void aRefusedRefreshTokenIsGivenUp() throws Exception {
        client = client(stub.url(), PASSWORD);
        find();
        stub.wantedAuthorization = "Bearer other";
        stub.fail("POST", "oauth_token", 1, Harm.STATUS, 401, "{\"error\":\"server_error\"}");
        find();
        assertThat(stub.seen.stream()
                        .filter(each -> each.is("POST", "oauth_token"))
                        .toList()
                        .getLast()
                        .body())
                .contains("grant_type=password");
    }

    @Test
    void aClientSignsInAsItself() throws Exception {
        client = client(stub.url(), new ServiceNowSettings.ClientCredentials("id", new Secret("cs")));
        find();
        assertThat(stub.seen.getFirst().body())
                .contains("grant_type=client_credentials")
                .doesNotContain("username");
    }

    @Test
    void wrongCredentialsAreToldAsSuch() {
        client = client(stub.url(), PASSWORD);
        stub.fail("POST", "oauth_token", 9, Harm.STATUS, 401, "{\"error\":\"server_error\"}");
        var failure = failed(this::find);
        assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(failure).hasMessage("Unable to authenticate with ServiceNow. Please verify the credentials.");
    }

    @Test
    void c12AttachesARawBodyWithTheRecordInTheQuery() throws Exception {
        var id = stub.add("incident", "state", "1");
        client.attach(
                        "incident",
                        id,
                        "a b.txt",
                        "text/plain",
                        Buffer.buffer("héllo"),
                        Deadline.in(Duration.ofSeconds(5)))
                .await(5, SECONDS);
        assertThat(stub.seen.getLast().query())
                .isEqualTo(Map.of("table_name", "incident", "table_sys_id", id, "file_name", "a b.txt"));
        assertThat(stub.seen.getLast().body()).isEqualTo("héllo");
    }

    private TableClient client(URI url, Credentials credentials) {
        return new TableClient(vertx, url, credentials, TIMING);
    }

    /** A client that doesn't wait long where nothing will come. */
    private TableClient hasty() {
        var timing = new TableTiming(
                Duration.ofMillis(300), TIMING.backoff(), TIMING.failures(), TIMING.pause(), TIMING.longestWait());
        return new TableClient(vertx, stub.url(), BASIC, timing);
    }

    private static TableQuery query() {
        return new TableQuery("incident", NEW, List.of("number"), 10);
    }

    private Rows find() throws TimeoutException {
        return client.find(query(), Deadline.in(Duration.ofSeconds(5))).await(10, SECONDS);
    }

    private Row insert() throws TimeoutException {
        return client.insert("incident", Map.of("state", "1"), List.of("number"), Deadline.in(Duration.ofSeconds(5)))
                .await(10, SECONDS);
    }

    private static TableFailure failed(ThrowingCallable action) {
        return catchThrowableOfType(TableFailure.class, action);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
