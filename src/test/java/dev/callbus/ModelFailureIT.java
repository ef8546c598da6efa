package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However the model fails, the caller hears words soon, and nobody else notices. */
class ModelFailureIT {
    private static final String SCRIPT = """
            pace: {firstToken: 0ms, token: 20ms}
            rules:
              - {when: {caller: 'rejected'}, fail: {status: 400, message: "no"}}
              - {when: {caller: 'unauthorized'}, fail: {status: 401, message: "no"}}
              - {when: {caller: 'limited'}, fail: {status: 429, message: "no"}}
              - {when: {caller: 'server error'}, fail: {status: 500, message: "no"}}
              - {when: {caller: 'mute'}, hang: beforeHeaders}
              - {when: {caller: 'stalls'}, say: "one two three four", hang: {afterTokens: 2}}
              - {when: {caller: 'garbage'}, garbage: true}
              - {when: {caller: 'closes at once'}, close: beforeHeaders}
              - {when: {caller: 'closes early'}, say: "one two three four", close: {afterTokens: 2}}
              - when: {caller: 'neighbour (\\d+)'}
                say: "a b c d e f g h i j k l m n o p q r s t for neighbour {1}"
            otherwise: {say: "I am fine."}
            """;

    @ParameterizedTest
    @CsvSource({
        "rejected, false",
        "unauthorized, false",
        "limited, false",
        "server error, false",
        "mute, false",
        "stalls, true",
        "garbage, false",
        "closes at once, false",
        "closes early, true"
    })
    void c1_endsInWordsWithinThreeSecondsOfTheTimeOut(String failure, boolean afterWords) throws Exception {
        try (var node = TestNode.start(SCRIPT)) {
            var neighbours = new ArrayList<TestCall>();
            for (int i = 0; i < 50; i++) {
                neighbours.add(node.call());
            }
            var call = node.call();
            for (int i = 0; i < neighbours.size(); i++) {
                neighbours.get(i).prompt("neighbour " + i);
            }
            long began = System.nanoTime();
            call.prompt(failure);
            var words = call.words();
            var limit = TestNode.FIRST_TOKEN.plusSeconds(3);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(limit);
            assertThat(words).endsWith(afterWords ? TestNode.LOST_THREAD : TestNode.APOLOGY);
            for (int i = 0; i < neighbours.size(); i++) {
                assertThat(neighbours.get(i).words())
                        .isEqualTo("a b c d e f g h i j k l m n o p q r s t for neighbour " + i);
            }
            assertThat(call.prompt("are you well?").words()).isEqualTo("I am fine.");
        }
    }

    @Test
    void c1_aRefusedConnectionEndsInWordsToo() throws Exception {
        int deadPort;
        try (var socket = new ServerSocket(0)) {
            deadPort = socket.getLocalPort();
        }
        try (var node = TestNode.start(SCRIPT, List.of(URI.create("http://127.0.0.1:" + deadPort + "/v1")))) {
            assertThat(node.call().prompt("hello").words()).isEqualTo(TestNode.APOLOGY);
        }
    }

    @Test
    void theNextProviderOfTheChainAnswersWithoutTheCallerNoticing() throws Exception {
        int deadPort;
        try (var socket = new ServerSocket(0)) {
            deadPort = socket.getLocalPort();
        }
        var dead = URI.create("http://127.0.0.1:" + deadPort + "/v1");
        try (var node = TestNode.start(SCRIPT, List.of(dead, TestNode.SCRIPTED))) {
            assertThat(node.call().prompt("hello").words()).isEqualTo("I am fine.");
        }
    }
}
