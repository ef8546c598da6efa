package dev.callbus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callbus.bus.BusTap;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What callers say and key stays out of logs and of the bus tap, also when things go wrong. */
class SecrecyIT {
    private static final String CANARY = "swordfish";
    private static final String SCRIPT = """
            pace: {firstToken: 0ms, token: 0ms}
            rules:
              - {when: {caller: 'fails'}, fail: {status: 400, message: "swordfish is not allowed"}}
              - {when: {caller: 'tool'}, call: {name: end-call, arguments: {wrong: swordfish}}}
            otherwise: {say: "You said swordfish."}
            """;

    @Test
    void s12_nothingThatIsSaidOrKeyedReachesALogOrTheTap() throws Exception {
        var root = (Logger) LoggerFactory.getLogger("dev.callbus");
        var before = root.getLevel();
        var appender = new ListAppender<ILoggingEvent>();
        appender.list = new CopyOnWriteArrayList<>();
        appender.start();
        root.setLevel(Level.TRACE);
        root.setAdditive(false);
        root.addAppender(appender);
        var tapped = new CopyOnWriteArrayList<String>();
        try (var node = TestNode.start(SCRIPT)) {
            var tap = BusTap.open(node.vertx, message -> tapped.add(message.toString()));
            var call = node.call();
            call.prompt(CANARY).words();
            call.prompt("this fails " + CANARY).words();
            call.prompt("tool " + CANARY).words();
            call.interrupt("You said " + CANARY);
            call.send(new JsonObject().put("type", "dtmf").put("digit", "7"));
            call.send(new JsonObject().put("type", "error").put("description", "code: 64107, " + CANARY));
            call.socket.writeTextMessage("{\"type\":\"prompt\",\"voicePrompt\":\"" + CANARY + "\"");
            call.socket.writeTextMessage("{\"type\":\"prompt\",\"voicePrompt\":[\"" + CANARY + "\"]}");
            call.prompt("hello").words();
            call.hangUp();
            tap.close();
        } finally {
            root.detachAppender(appender);
            root.setLevel(before);
            root.setAdditive(true);
        }
        assertThat(appender.list).isNotEmpty();
        assertThat(appender.list)
                .noneMatch(event -> event.getFormattedMessage().contains(CANARY)
                        || (event.getThrowableProxy() != null
                                && String.valueOf(event.getThrowableProxy().getMessage())
                                        .contains(CANARY)));
        assertThat(appender.list).noneMatch(event -> event.getFormattedMessage().contains(TestNode.AUTH_TOKEN));
        assertThat(tapped).isNotEmpty().noneMatch(line -> line.contains(CANARY));
    }
}
