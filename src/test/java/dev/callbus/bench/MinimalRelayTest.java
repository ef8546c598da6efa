package dev.callbus.bench;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MinimalRelayTest {
    private static final Pace PACE = new Pace(20, 2, 8);
    private static final LoadShape THREE_CALLS =
            new LoadShape(3, 2, 20, Duration.ZERO, Duration.ofMillis(200), Duration.ofMillis(800));

    @Test
    void answersEveryTurnOfThreeCalls(Vertx vertx) throws Exception {
        var upstream = upstream(vertx);

        var report = run(vertx, upstream, upstream.port());

        assertThat(report.observed().errors()).isEmpty();
        assertThat(report.observed().turns()).isGreaterThan(3);
        assertThat(report.observed().calls()).isPositive();
        assertThat(report.observed().framesPerTurn()).isBetween(8.9, 9.1);
        assertThat(report.observed().firstTokenOverhead().count()).isPositive();
        assertThat(report.observed().firstTokenOverhead().p50()).isNotNegative();
        assertThat(report.observed().setUp().p50()).isPositive();
    }

    @Test
    void reportsAnswersThatAreNotWhole(Vertx vertx) throws Exception {
        var upstream = new FakeUpstream(0, 20, 2, 4);
        vertx.deployVerticle(upstream).await(5, SECONDS);

        var report = run(vertx, upstream, upstream.port());

        assertThat(report.observed().errors()).containsKey("answer of 23 characters");
        assertThat(report.errors()).isGreaterThan(3);
    }

    private static FakeUpstream upstream(Vertx vertx) throws Exception {
        var upstream = new FakeUpstream(0, PACE.ttft(), PACE.itd(), PACE.tokens());
        vertx.deployVerticle(upstream).await(5, SECONDS);
        return upstream;
    }

    private static LoadReport run(Vertx vertx, FakeUpstream upstream, int modelPort) throws Exception {
        var relay = new MinimalRelay(Map.of("PORT", "0", "OPENAI_BASE_URL", "http://127.0.0.1:" + modelPort + "/v1"));
        vertx.deployVerticle(relay).await(5, SECONDS);
        var target = new LoadTarget(relay.port(), "https://bench.example", "/connectConversationRelay", "AC0", "12345");
        var own = ProcessHandle.current().pid();
        var characters = AnswerScript.of(PACE.tokens()).text().length();
        return new LoadRun(target, THREE_CALLS, PACE, characters, own, own, upstream.port()).run();
    }
}
