package dev.callbus;

import dev.callbus.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code callbus health}: asks the node of this machine whether it lives, for container health checks. */
@Command(
        name = "health",
        description = "Asks the node on this machine whether it is up.",
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {

    @Override
    public Integer call() throws InterruptedException {
        var port = new ConfigLoader(Path.of(""), null).loadNow().server().port();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            System.out.println(answer.body());
            return answer.statusCode() == 200 ? 0 : 1;
        } catch (IOException e) {
            System.out.println("no answer on port " + port);
            return 1;
        }
    }
}
