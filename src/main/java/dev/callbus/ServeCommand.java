package dev.callbus;

import dev.callbus.config.ConfigLoader;
import dev.callbus.config.StartTable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code callbus serve}: runs a node until it is told to stop. */
@Command(name = "serve", description = "Runs a node.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration; conf/callbus.yaml if not given.")
    private @Nullable Path file;

    @Option(names = "--dev", description = "Takes the next free port if the configured one is in use.")
    private boolean dev;

    @Override
    public Integer call() throws Exception {
        var config = new ConfigLoader(Path.of(""), file).loadNow();
        var server = dev ? PortSearch.start(config) : PortSearch.startHere(config);
        System.out.println(StartTable.of(config));
        System.out.println("Callbus listens on http://" + config.server().host() + ":" + server.port()
                + (config.twilio().sandboxed() ? "  (call it: scripts/dial)" : "") + "  Ctrl-C stops it.");
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            System.out.println("Saying goodbye ...");
                            server.stop();
                            stopped.countDown();
                            Runtime.getRuntime().halt(0);
                        },
                        "callbus-shutdown"));
        stopped.await();
        return 0;
    }
}
