package dev.callbus.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A freshly started server, ready for calls.
 *
 * @param process its process
 * @param target how to call it
 */
record ServerUnderTest(ChildProcess process, LoadTarget target) implements AutoCloseable {
    private static final String PUBLIC_HOST = "bench.example";
    private static final String ACCOUNT_SID = "AC00000000000000000000000000be9c01";
    private static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Starts a server on a free port with the model at {@code upstreamPort}, and waits until it is healthy. */
    static ServerUnderTest start(ServerKind kind, List<String> flags, CorePinning pinning, int upstreamPort)
            throws IOException, InterruptedException {
        var port = freePort();
        var arguments = new ArrayList<>(flags);
        arguments.add("-cp");
        arguments.add(System.getProperty("java.class.path"));
        arguments.addAll(kind.command());
        var environment = Map.of(
                "PORT",
                Integer.toString(port),
                "HOST",
                "127.0.0.1",
                "SERVER_BASE_URL",
                PUBLIC_HOST,
                "ACCOUNT_SID",
                ACCOUNT_SID,
                "AUTH_TOKEN",
                AUTH_TOKEN,
                "LLM_PROVIDER",
                "openai-chat",
                "OPENAI_BASE_URL",
                "http://127.0.0.1:" + upstreamPort + "/v1",
                "OPENAI_API_KEY",
                "bench",
                "OPENAI_MODEL",
                "bench");
        var process = ChildProcess.java(pinning, 0, arguments, environment);
        var target =
                new LoadTarget(port, "https://" + PUBLIC_HOST, "/connectConversationRelay", ACCOUNT_SID, AUTH_TOKEN);
        var server = new ServerUnderTest(process, target);
        try {
            server.awaitHealth(kind);
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    /** A port that nothing listens on. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    private void awaitHealth(ServerKind kind) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target.port() + "/healthz"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            while (!isHealthy(http, request)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(kind.title() + " did not start:\n" + process.lastWords());
                }
                Thread.sleep(50);
            }
        }
    }

    private static boolean isHealthy(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
