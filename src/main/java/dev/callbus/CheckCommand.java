package dev.callbus;

import dev.callbus.config.ConfigLoader;
import dev.callbus.sandbox.twilio.PhoneEvent;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code callbus check}: whether a node starts with this configuration and, without an account, answers a call. */
@Command(
        name = "check",
        description = "Starts a node on a free port, calls it if Twilio is sandboxed, and stops.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    /** Times as fast as people speak. */
    private static final double SPEED = 50;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration; conf/callbus.yaml if not given.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        var config = DemoCommand.onFreePort(new ConfigLoader(Path.of(""), file).loadNow());
        var server = RunningServer.start(config);
        try {
            System.out.println("A node starts with this configuration: up after " + millisSince(began) + " ms.");
            if (config.twilio().sandboxed()) {
                var network = new PhoneNetwork(server.vertx(), DialCommand.network(config, server.port(), SPEED));
                var asked = new AtomicBoolean();
                var answered = Promise.<Void>promise();
                var call = network.dial("+15550001111", "+15550002222", event -> {
                            if (event instanceof PhoneEvent.PromptSent) {
                                asked.set(true);
                            } else if (event instanceof PhoneEvent.AgentHeard && asked.get()) {
                                answered.tryComplete();
                            }
                        })
                        .await(10, TimeUnit.SECONDS);
                System.out.println("A sandbox call was answered after " + millisSince(began) + " ms.");
                call.say("Hello?");
                answered.future().await(10, TimeUnit.SECONDS);
                System.out.println("The agent has spoken.");
                call.hangUp();
                call.ended().await(10, TimeUnit.SECONDS);
            }
            return 0;
        } finally {
            server.stop();
        }
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
