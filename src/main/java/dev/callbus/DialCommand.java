package dev.callbus;

import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.Tunnel;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code callbus dial}: a phone in the terminal that calls the node of this machine. */
@Command(
        name = "dial",
        description =
                "A phone in the terminal. Type to speak; an empty line interrupts; #123 presses keys; /hangup hangs up.",
        mixinStandardHelpOptions = true)
final class DialCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "NUMBER",
            description = "The caller's number.",
            defaultValue = "+15550001111")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "NUMBER",
            description = "The number that is called.",
            defaultValue = "+15550002222")
    private String to = "";

    @Option(
            names = "--speed",
            paramLabel = "TIMES",
            description = "How many times as fast as people the agent speaks.",
            defaultValue = "1")
    private double speed;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The node's configuration; conf/callbus.yaml if not given.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        var config = new ConfigLoader(Path.of(""), file).loadNow();
        if (!config.twilio().sandboxed()) {
            System.err.println(
                    "A real Twilio account is set, so this phone would have to forge its calls. Unset ACCOUNT_SID and"
                            + " AUTH_TOKEN for the node and for this phone, or dial your Twilio number with a real one.");
            return Main.BAD_CONFIGURATION;
        }
        var vertx = Vertx.vertx();
        try {
            return dial(vertx, config);
        } finally {
            vertx.close().await(5, TimeUnit.SECONDS);
        }
    }

    private int dial(Vertx vertx, CallbusConfig config) throws Exception {
        var screen = new PhoneScreen(terminal(), Boolean.getBoolean("callbus.terminal"));
        var port = config.server().port();
        var watch = ToolWatch.begin(
                vertx, "127.0.0.1", port, config.twilio().authTokens().getFirst(), screen::note);
        var network = new PhoneNetwork(vertx, network(config, port, speed));
        screen.note("calling " + to + "   (type to speak, empty line interrupts, #123 presses keys, /hangup)");
        new PhoneInbox(config.sandbox().directory()).watch(vertx, from, screen::message);
        PhoneCall call;
        try {
            call = network.dial(from, to, screen::show).await(20, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            System.err.println("The call was not answered. Does a node run here (scripts/start) on port " + port + "?");
            return 1;
        }
        converse(call, screen);
        call.ended().await(30, TimeUnit.SECONDS);
        watch.close();
        return 0;
    }

    /** Reads the caller's lines until the call or the input is over. */
    static void converse(PhoneCall call, PhoneScreen screen) throws InterruptedException {
        var reader = Thread.ofPlatform().daemon().name("keyboard").start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                String line;
                while ((line = lines.readLine()) != null && !call.ended().isComplete()) {
                    act(call, screen, line.strip());
                }
                call.hangUp();
            } catch (IOException e) {
                call.hangUp();
            }
        });
        call.ended().onComplete(ended -> reader.interrupt());
        while (!call.ended().isComplete()) {
            reader.join(100);
            if (!reader.isAlive()) {
                return;
            }
        }
    }

    static PhoneNetworkOptions network(CallbusConfig config, int port, double speed) {
        var twilio = config.twilio();
        var tunnel = new Tunnel(config.server().publicUrl(), "127.0.0.1", port);
        return PhoneNetworkOptions.lifelike(
                        twilio.accountSid(), twilio.authTokens().getFirst().reveal(), tunnel)
                .faster(speed);
    }

    static PrintStream terminal() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    private static void act(PhoneCall call, PhoneScreen screen, String line) {
        if (line.isEmpty()) {
            call.interrupt();
        } else if (line.equals("/hangup")) {
            call.hangUp();
        } else if (line.startsWith("/")) {
            screen.note("there is no " + line + "; /hangup hangs up");
        } else if (line.matches("#[0-9*#]+")) {
            call.press(line.substring(1));
        } else {
            call.say(line);
        }
    }
}
