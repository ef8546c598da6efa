package dev.callbus;

import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.config.ServerSettings;
import dev.callbus.config.StartTable;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code callbus demo}: a node, the sandbox and a caller in one process; shows a call from ring to goodbye. */
@Command(name = "demo", description = "Plays a help-desk call from ring to goodbye.", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    /** Times as fast as people speak, so that the whole call fits into half a minute and can still be read along. */
    private static final double SPEED = 3;

    @Option(names = "--interactive", description = "Hands you the phone.")
    private boolean interactive;

    @Override
    public Integer call() throws Exception {
        var config = withModel(onFreePort(new ConfigLoader(Path.of(""), null).loadNow()));
        if (!config.twilio().sandboxed()) {
            System.err.println("The demo plays Twilio's part itself: unset ACCOUNT_SID and AUTH_TOKEN for it.");
            return Main.BAD_CONFIGURATION;
        }
        var server = RunningServer.start(config);
        try {
            System.out.println(StartTable.of(config));
            return play(config, server);
        } finally {
            server.stop();
        }
    }

    private int play(CallbusConfig config, RunningServer server) throws Exception {
        var screen = new PhoneScreen(DialCommand.terminal(), Boolean.getBoolean("callbus.terminal"));
        var key = config.twilio().authTokens().getFirst();
        var watch = ToolWatch.begin(server.vertx(), "127.0.0.1", server.port(), key, screen::note);
        var records = server.serviceNow().map(serviceNow -> new RecordsScreen(serviceNow.ledger()));
        var network =
                new PhoneNetwork(server.vertx(), DialCommand.network(config, server.port(), interactive ? 1 : SPEED));
        var caller = new ScriptedCaller(screen);
        new PhoneInbox(config.sandbox().directory()).watch(server.vertx(), "+15550001111", message -> {
            screen.message(message);
            caller.received(message);
        });
        var call = network.dial("+15550001111", "+15550002222", event -> {
                    screen.show(event);
                    caller.heard(event);
                })
                .await(20, TimeUnit.SECONDS);
        if (interactive) {
            screen.note("type to speak, empty line interrupts, #123 presses keys, /hangup");
            DialCommand.converse(call, screen);
        } else {
            caller.converse(call);
        }
        call.ended().await(20, TimeUnit.SECONDS);
        watch.close();
        if (records.isPresent()) {
            records.get().show(call.callSid());
        }
        summarise(config, screen);
        return caller.isDone() || interactive ? 0 : 1;
    }

    private static void summarise(CallbusConfig config, PhoneScreen screen) {
        var latencies = screen.latenciesMillis();
        System.out.printf(
                "%n%d turns, %d interruption%s; first words after %d ms (p50), %d ms (p95), the model's own time included.%n",
                screen.prompts(),
                screen.interruptions(),
                screen.interruptions() == 1 ? "" : "s",
                percentile(latencies, 0.5),
                percentile(latencies, 0.95));
        var sandboxed = new ArrayList<>(List.of("Twilio's phone network and Verify"));
        if (config.llm().chain().stream().anyMatch(provider -> provider.sandboxed())) {
            sandboxed.add("the model");
        }
        if (config.serviceNow().sandboxed()) {
            sandboxed.add("ServiceNow");
        }
        System.out.println("Played by the sandbox: " + String.join(", ", sandboxed) + ".");
        System.out.println(
                "Next: scripts/start and scripts/dial to talk yourself; set OPENAI_API_KEY for a real model; the README"
                        + " shows how to point a Twilio number here.");
    }

    private static long percentile(List<Long> values, double part) {
        if (values.isEmpty()) {
            return 0;
        }
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    /** Without a model, the dialog is asked as one: over OpenAI's protocol, which a demo should show at work. */
    private static CallbusConfig withModel(CallbusConfig config) {
        return config.llm().chain().isEmpty() ? config.withLlm(config.llm().throughSandbox()) : config;
    }

    static CallbusConfig onFreePort(CallbusConfig config) {
        var server = config.server();
        return config.withServer(
                new ServerSettings("127.0.0.1", 0, server.publicUrl(), server.drainTimeout(), server.eventLoops()));
    }
}
