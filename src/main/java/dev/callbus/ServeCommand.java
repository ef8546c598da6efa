package dev.callbus;

import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.config.StartTable;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code callbus serve}: runs a node until it is told to stop. */
@Command(name = "serve", description = "Runs a node.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration; conf/callbus.yaml if not given.")
    private @Nullable Path file;

    @Option(names = "--dev", description = "Takes the next free port if the configured one is in use.")
    private boolean dev;

    @Override
    public Integer call() throws Exception {
        var config = new ConfigLoader(Path.of(""), file).loadNow();
        var server = start(config);
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

    /** In production another port than the configured one would hide a mistake, and nobody would find the server there. */
    private RunningServer start(CallbusConfig config) throws TimeoutException {
        var tried = config;
        while (true) {
            int port = tried.server().port();
            try {
                return RunningServer.start(tried);
            } catch (Exception e) { // a future throws whatever failed it, also what isn't declared
                if (!(e instanceof BindException)) {
                    throw e;
                }
                if (!dev || port == LAST_PORT) {
                    throw new IllegalStateException(
                            "Port " + port + " is in use: stop what runs there, set PORT to another one,"
                                    + " or take the next free one with --dev.",
                            e);
                }
                System.out.println("Port " + port + " is in use, trying " + (port + 1));
                tried = tried.withServer(tried.server().at(port + 1));
            }
        }
    }
}
