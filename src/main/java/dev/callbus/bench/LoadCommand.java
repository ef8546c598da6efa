package dev.callbus.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The load client alone, against a server and an upstream that somebody else has started. */
@Command(name = "load", description = "Calls a running server and prints what was measured, as JSON.")
final class LoadCommand implements Callable<Integer> {
    @Option(names = "--port", required = true, description = "The server's port on 127.0.0.1.")
    private int port;

    @Option(names = "--public-url", defaultValue = "https://bench.example", description = "Its public base URL.")
    private String publicUrl = "";

    @Option(names = "--webhook", defaultValue = "/connectConversationRelay", description = "Path of its voice webhook.")
    private String webhook = "";

    @Option(names = "--account-sid", defaultValue = "AC00000000000000000000000000be9c01", description = "Its account.")
    private String accountSid = "";

    @Option(
            names = "--auth-token",
            defaultValue = "0123456789abcdef0123456789abcdef",
            description = "The account's token.")
    private String authToken = "";

    @Option(names = "--calls", defaultValue = "100", description = "Concurrent calls.")
    private int calls;

    @Option(names = "--turns", defaultValue = "10", description = "Turns of a call.")
    private int turns;

    @Option(
            names = "--think",
            defaultValue = "2000",
            description = "Milliseconds that a caller thinks, give or take half of it.")
    private int think;

    @Option(names = "--ramp", defaultValue = "5", description = "Seconds in which the calls are placed.")
    private int ramp;

    @Option(names = "--warmup", defaultValue = "5", description = "Seconds before the measured window.")
    private int warmUp;

    @Option(names = "--duration", defaultValue = "20", description = "Seconds of the measured window.")
    private int duration;

    @Option(names = "--ttft", defaultValue = "200", description = "The upstream's milliseconds to the first token.")
    private int ttft;

    @Option(names = "--itd", defaultValue = "20", description = "Its milliseconds between tokens.")
    private int itd;

    @Option(names = "--tokens", defaultValue = "20", description = "Its tokens of an answer.")
    private int tokens;

    @Option(names = "--server-pid", required = true, description = "The server's process id.")
    private long serverPid;

    @Option(names = "--upstream-pid", required = true, description = "The upstream's process id.")
    private long upstreamPid;

    @Option(names = "--upstream-port", required = true, description = "The upstream's port on 127.0.0.1.")
    private int upstreamPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var target = new LoadTarget(port, publicUrl, webhook, accountSid, authToken);
        var shape = new LoadShape(
                calls,
                turns,
                think,
                Duration.ofSeconds(ramp),
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(duration));
        var pace = new Pace(ttft, itd, tokens);
        var report = new LoadRun(target, shape, pace, 0, serverPid, upstreamPid, upstreamPort).run();
        System.err.println(report.summary());
        System.out.println(MinimalModel.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report));
        return report.errors() == 0 ? 0 : 1;
    }
}
