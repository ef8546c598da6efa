package dev.callbus;

import static dev.callbus.HelpDeskRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.callbus.bus.BusTap;
import dev.callbus.bus.WireTap;
import dev.callbus.llm.LlmProtocol.Generate;
import dev.callbus.sandbox.servicenow.Ledger;
import dev.callbus.servicenow.ServiceNowProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Codes that callers key and say, right and wrong ones, and the numbers that they call from: none of them is in any log, prompt, transcript,
 * record or look at the bus.
 */
class CanaryIT {
    /** Longer than usual: six digits turn up by chance in the SIDs and numbers of a thousand calls. */
    private static final int CODE_LENGTH = 8;

    private final Canaries canaries = new Canaries(Soak.LINES, CODE_LENGTH);
    private final Map<String, Set<String>> said = new ConcurrentHashMap<>();
    private final Queue<String> leaked = new ConcurrentLinkedQueue<>();
    private final Set<String> verified = ConcurrentHashMap.newKeySet();
    private final Map<String, Semaphore> verifying = new ConcurrentHashMap<>();
    private final AtomicLong logged = new AtomicLong();

    @Test
    void d9_9_noCodeAndNoNumberTurnsUpAnywhere(@TempDir Path outbox) throws Exception {
        var soak = Soak.of("canaries", 60);
        try (var logs = new Overheard(this::log);
                var desk = new HelpDeskRig(outbox, CODE_LENGTH)) {
            BusTap.open(desk.vertx, message -> canaries.search("tap", message.toString()));
            WireTap.open(desk.vertx, this::message);
            var model = new ParrotModel((call, result) -> result);
            desk.model(question -> {
                prompt(question);
                return model.apply(question);
            });
            soak.run((index, number, chance) -> call(desk, number, index, chance));
            await(Soak.until(desk.vertx, () -> interactions(desk) >= soak.calls(), Duration.ofSeconds(60)));
            assertThat(logs.isStarted()).isTrue();
            records(desk.serviceNow.ledger());
        }
        assertThat(canaries.hits()).isEmpty();
        assertThat(leaked).isEmpty();
        assertThat(verified).as("callers whose code was right").hasSizeGreaterThan(soak.calls() / 2);
        assertThat(canaries.planted()).isGreaterThan(soak.calls());
        assertThat(logged).hasPositiveValue();
    }

    private void call(HelpDeskRig desk, String number, int index, Random chance) throws Exception {
        var caller = await(desk.call(number));
        await(caller.says("lookup-customer {}"));
        var turn = verifying.computeIfAbsent(number, line -> new Semaphore(1, true));
        turn.acquire();
        String code;
        try {
            for (int tries = 0; tries < 5 && !caller.heard().contains("sent successfully"); tries++) {
                await(caller.says("send-verification {\"to\":\"" + caller.ending() + "\"}"));
            }
            code = desk.codeOf(number);
            canaries.plant(code);
            if (chance.nextInt(3) == 0) {
                give(caller, "%08d".formatted(chance.nextInt(100_000_000)), chance);
            }
            give(caller, code, chance);
        } finally {
            turn.release();
        }
        if (caller.heard().contains("Verification successful")) {
            verified.add(caller.sid);
        }
        await(caller.says("so " + SpokenCode.any(code, chance).getFirst() + " was my code"));
        await(caller.says("create-servicenow-ticket {\"shortDescription\":\"wish " + Soak.word(index)
                + "\",\"description\":\"He said " + SpokenCode.WORDS.of(code).getFirst() + ", that is " + code
                + ".\"}"));
        await(caller.says("list-my-tickets {}"));
        await(caller.hangsUp());
    }

    private void give(HelpDeskRig.Caller caller, String code, Random chance) throws Exception {
        canaries.plant(code);
        if (chance.nextInt(4) == 0) {
            await(caller.keys(code));
            return;
        }
        for (var words : SpokenCode.any(code, chance)) {
            said.computeIfAbsent(caller.sid, sid -> ConcurrentHashMap.newKeySet())
                    .add(words.toLowerCase(Locale.ROOT));
            await(caller.says(words));
        }
    }

    private void log(ILoggingEvent event) {
        logged.incrementAndGet();
        var where = "log of " + event.getLoggerName();
        canaries.search(where, event.getFormattedMessage());
        for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            canaries.search(where, String.valueOf(cause.getMessage()));
        }
    }

    private void message(Object message) {
        canaries.search(message.getClass().getName(), String.valueOf(message));
        if (message instanceof ServiceNowProtocol.FileCall filing) {
            canaries.search("summary", filing.call().summary());
            filing.call()
                    .transcript()
                    .forEach(line -> spoken("transcript", filing.call().callSid(), line.text()));
        }
    }

    private void prompt(Generate question) {
        question.messages().forEach(message -> spoken("prompt", question.callSid(), message.toString()));
    }

    private void spoken(String where, String call, String text) {
        canaries.search(where, text);
        var lower = text.toLowerCase(Locale.ROOT);
        for (var words : said.getOrDefault(call, Set.of())) {
            // As words of their own: three digits also turn up within the SIDs that tools return.
            var whole = Pattern.compile("(?<!\\p{Alnum})" + Pattern.quote(words) + "(?!\\p{Alnum})");
            if (whole.matcher(lower).find()) {
                leaked.add(where + ": " + words);
            }
        }
    }

    private void records(Ledger ledger) {
        for (var entry : ledger.entries()) {
            canaries.search("record of " + entry.table(), entry.changes().toString());
            canaries.search(
                    "record of " + entry.table(),
                    ledger.record(entry.table(), entry.sysId()).toString());
        }
    }

    private static long interactions(HelpDeskRig desk) {
        return desk.serviceNow.ledger().entries("sys_attachment").size();
    }

    /** Everything that is logged, at the finest level of the project and from INFO on of all others; nothing of it is printed. */
    private static final class Overheard extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        private final Logger project = (Logger) LoggerFactory.getLogger("dev.callbus");
        private final Level before = root.getLevel();
        private final Consumer<ILoggingEvent> listener;
        private final List<Appender<ILoggingEvent>> others = new ArrayList<>();

        Overheard(Consumer<ILoggingEvent> listener) {
            this.listener = listener;
            root.iteratorForAppenders().forEachRemaining(others::add);
            others.forEach(root::detachAppender);
            root.setLevel(Level.INFO);
            project.setLevel(Level.TRACE);
            setContext(root.getLoggerContext());
            start();
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            listener.accept(event);
        }

        @Override
        public void close() {
            root.detachAppender(this);
            root.setLevel(before);
            project.setLevel(null);
            others.forEach(root::addAppender);
        }
    }
}
