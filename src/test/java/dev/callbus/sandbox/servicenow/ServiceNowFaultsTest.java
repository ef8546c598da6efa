package dev.callbus.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What troubles do to requests, and what they leave in the records. */
class ServiceNowFaultsTest {
    private static final String INCIDENTS = "/api/now/table/incident";

    private static SandboxInstance instance;

    @BeforeAll
    static void start() throws TimeoutException {
        instance = new SandboxInstance();
    }

    @AfterAll
    static void close() throws TimeoutException {
        instance.close();
    }

    @BeforeEach
    void clear() {
        faults().clear();
    }

    @Test
    void refusesWithTheOrderedStatusAndDoesNothing() throws Exception {
        faults().failNext(1, 503);

        assertThat(insert("refused").status()).isEqualTo(503);
        assertThat(ledger().inserts("refused")).isZero();
        assertThat(insert("refused").status()).isEqualTo(201);
        assertThat(ledger().inserts("refused")).isOne();
    }

    @Test
    void hangsUpBeforeAnythingIsDone() throws Exception {
        faults().hangUpBeforeNext(1);

        assertThatIOException().isThrownBy(() -> insert("hung-up"));
        assertThat(ledger().inserts("hung-up")).isZero();
    }

    @Test
    void commitsAndLosesTheAnswer() throws Exception {
        faults().loseAnswersOfNext(1);

        assertThatIOException().isThrownBy(() -> insert("lost"));
        assertThat(ledger().inserts("lost")).isOne();
        assertThat(ledger().incidents("lost")).hasSize(1);
        assertThat(instance.client().find("incident", "correlation_id=lost").results())
                .hasSize(1);
    }

    @Test
    void commitsAtOnceAndAnswersLate() throws Exception {
        faults().delayAnswersOfNext(1, Duration.ofSeconds(30));

        assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> insert("late", Duration.ofSeconds(1)));
        assertThat(ledger().inserts("late")).isOne();
    }

    @Test
    void answersSlowlyWithoutHavingDoneIt() throws Exception {
        faults().slowDownNext(1, Duration.ofSeconds(30));

        assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> insert("slow", Duration.ofSeconds(1)));
        assertThat(ledger().inserts("slow")).isZero();
    }

    @Test
    void carriesOutASlowRequestInTheEnd() throws Exception {
        faults().slowDownNext(1, Duration.ofMillis(20));

        assertThat(insert("slow-but-sure").status()).isEqualTo(201);
        assertThat(ledger().inserts("slow-but-sure")).isOne();
    }

    @Test
    void spoilsAnswers() throws Exception {
        faults().truncateAnswersOfNext(1);
        faults().garbleAnswersOfNext(1);

        var truncated = insert("truncated");
        var garbled = insert("garbled");

        assertThat(truncated.status()).isEqualTo(201);
        assertThatExceptionOfType(DecodeException.class).isThrownBy(truncated::json);
        assertThat(garbled.status()).isEqualTo(200);
        assertThatExceptionOfType(DecodeException.class).isThrownBy(garbled::json);
        assertThat(ledger().inserts("truncated")).isOne();
        assertThat(ledger().inserts("garbled")).isOne();
    }

    @Test
    void rejectsLoginsAndThrottles() throws Exception {
        faults().rejectLoginsOfNext(1);
        faults().throttleNext(1, Duration.ofSeconds(7));

        assertThat(insert("rejected").message()).isEqualTo("User Not Authenticated");
        var throttled = insert("throttled");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.header("Retry-After")).isEqualTo("7");
        assertThat(throttled.header("X-RateLimit-Rule")).isNotEmpty();
    }

    @Test
    void hibernatesUntilItIsWoken() throws Exception {
        faults().hibernate();
        var asleep = instance.client().list("incident");
        faults().wakeUp();

        assertThat(asleep.status()).isEqualTo(200);
        assertThat(asleep.header("Content-Type")).startsWith("text/html");
        assertThat(asleep.body()).contains("Instance Hibernating");
        assertThat(instance.client().list("incident", "sysparm_limit", "1").results())
                .hasSize(1);
    }

    @Test
    void goesDownAndComesBackAtTheSamePort() throws Exception {
        assertThat(insert("before").status()).isEqualTo(201);
        faults().goDown();
        assertThatIOException().isThrownBy(() -> insert("while-down"));
        assertThatIOException().isThrownBy(() -> insert("while-down"));
        faults().comeBack();

        assertThat(insert("after").status()).isEqualTo(201);
        assertThat(ledger().inserts("while-down")).isZero();
    }

    @Test
    void waitsForTheRequestsThatTheOrderIsFor() throws Exception {
        faults().on("POST", "interaction").failNext(1, 500);
        faults().on("/oauth_token.do").failNext(1, 502);

        assertThat(insert("other-table").status()).isEqualTo(201);
        assertThat(instance.client().list("interaction").status()).isEqualTo(200);
        assertThat(instance.client().insert("interaction", new JsonObject()).status())
                .isEqualTo(500);
        assertThat(instance.client().form("/oauth_token.do").status()).isEqualTo(502);
        assertThat(instance.client().insert("interaction", new JsonObject()).status())
                .isEqualTo(201);
    }

    private static TableClient.Answer insert(String correlationId) throws Exception {
        return insert(correlationId, Duration.ofSeconds(10));
    }

    private static TableClient.Answer insert(String correlationId, Duration timeout) throws Exception {
        var body =
                new JsonObject().put("correlation_id", correlationId).toBuffer().getBytes();
        return instance.client().with("Content-Type", "application/json").send("POST", INCIDENTS, body, timeout);
    }

    private static ServiceNowFaults faults() {
        return instance.server.faults();
    }

    private static Ledger ledger() {
        return instance.server.ledger();
    }
}
