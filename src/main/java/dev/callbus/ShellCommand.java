package dev.callbus;

import dev.callbus.config.ApiSettings;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.config.LlmSettings;
import dev.callbus.llm.dialog.DialogException;
import dev.callbus.llm.dialog.DialogReply;
import dev.callbus.llm.dialog.DialogShelf;
import dev.callbus.tool.Tool;
import dev.callbus.tool.ToolRegistry;
import dev.callbus.tool.helpdesk.LookupCustomer;
import dev.callbus.verify.Seal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code callbus shell}: a conversation with the agent in the terminal, with a node of its own in this process. */
@Command(
        name = "shell",
        description = {
            "Chats with the agent in the terminal, without a phone. It starts a node of its own for that, with whatever"
                    + " part of the sandbox the configuration needs.",
            "A number chooses from a menu; /intent{\"slot\":\"value\"} tells the rules what is meant; /stop ends it."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the conversation is over", "1:it broke off", "2:the configuration or a flow can't be used"},
        mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
    private static final String STOP = "/stop";

    @Option(
            names = "--flow",
            paramLabel = "NAME",
            description = "The flow of assets/dialogs that answers, such as voice-desk or help-desk, whatever model is"
                    + " configured. Without it the configured model answers.")
    private @Nullable String flow;

    @Option(
            names = "--localmode",
            arity = "1",
            paramLabel = "true|false",
            description =
                    "For a flow that has this option (voice-desk): true tells what would be done; false does it in"
                            + " ServiceNow, or in the sandbox's.")
    private @Nullable Boolean localmode;

    @Option(
            names = "--trust",
            description = "Takes an email address that is typed as proof of who types it, where a caller would have to"
                    + " key in a code. For whoever holds ServiceNow's credentials anyway; there is no such thing on a"
                    + " served line.")
    private boolean trust;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration; conf/callbus.yaml if not given.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        var config = alone(new ConfigLoader(Path.of(""), file).loadNow());
        var replies = new ConcurrentLinkedQueue<DialogReply>();
        var server = RunningServer.start(config, dialogs(config, replies), tools(config));
        try {
            var desk = new ShellDesk();
            server.vertx().deployVerticle(desk).await(5, TimeUnit.SECONDS);
            var screen = new ShellScreen(DialCommand.terminal(), isKeyboard());
            if (config.twilio().sandboxed()) {
                new PhoneInbox(config.sandbox().directory()).watch(server.vertx(), screen::message);
            }
            return converse(desk, screen, replies);
        } finally {
            server.stop();
        }
    }

    private int converse(ShellDesk desk, ShellScreen screen, Queue<DialogReply> replies) throws IOException {
        screen.begin();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (true) {
            screen.prompt();
            var line = lines.readLine();
            if (line == null || line.strip().equals(STOP)) {
                screen.typed(line == null ? "" : line);
                desk.leave();
                return 0;
            }
            var words = screen.typed(line.strip());
            if (words.isEmpty()) {
                continue;
            }
            replies.clear();
            var answer = desk.say(words);
            var given = new ArrayList<DialogReply>(replies);
            screen.answer(answer.text(), given);
            if (answer.failure() != null) {
                System.err.println("There was no answer: " + answer.failure());
                return 1;
            }
            var transfer = given.isEmpty() ? null : given.getLast().transfer();
            if (transfer != null) {
                screen.transfer(transfer);
                desk.leave();
                return 0;
            }
            if (answer.over()) {
                return 0;
            }
        }
    }

    /**
     * The node of one conversation at a keyboard: nobody else gets in, as its API has no keys; who thinks for a while isn't
     * forgotten; and if a flow is wished for, no model is before it.
     */
    CallbusConfig alone(CallbusConfig config) {
        var free = DemoCommand.onFreePort(config);
        var api = free.api();
        var chat = new ApiSettings.Chat(
                Duration.ofDays(1), api.chat().sessions(), api.chat().answerWithin());
        var closed = new ApiSettings(List.of(), api.perMinute(), api.outbound(), chat);
        return new CallbusConfig(
                free.server(),
                free.twilio(),
                ruled(free.llm()),
                free.call(),
                free.assets(),
                free.tools(),
                closed,
                free.sandbox(),
                free.verify(),
                free.serviceNow());
    }

    private LlmSettings ruled(LlmSettings llm) {
        return flow == null
                ? llm
                : new LlmSettings(List.of(), llm.firstTokenTimeout(), llm.idleTimeout(), llm.retries(), flow);
    }

    private @Nullable DialogShelf dialogs(CallbusConfig config, Queue<DialogReply> replies) throws DialogException {
        var name = config.llm().flow();
        var directory = config.assets().directory().resolve("dialogs");
        return name == null
                ? null
                : DialogShelf.open(directory, name, ToolRegistry.known(), this::options, replies::add);
    }

    private Map<String, String> options(String name, Map<String, String> own) throws DialogException {
        var options = new HashMap<>(own);
        options.replace("chatroom", "true");
        if (localmode != null && options.replace("localmode", localmode.toString()) == null) {
            throw new DialogException(List.of("The flow " + name + " has no option localmode."));
        }
        return options;
    }

    private UnaryOperator<Tool<?>> tools(CallbusConfig config) {
        if (!trust) {
            return UnaryOperator.identity();
        }
        System.err.println("An email address that is typed here counts as proven (--trust).");
        var seal = new Seal(config.verify().sealKey());
        var life = config.verify().grantLife();
        return tool -> tool instanceof LookupCustomer lookup ? new TrustingLookup(lookup, seal, life) : tool;
    }

    /** Whether lines are typed, and hence are on the screen already. */
    private static boolean isKeyboard() {
        return Boolean.getBoolean("callbus.keyboard");
    }
}
