package dev.callbus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.sandbox.twilio.PhoneCall;
import dev.callbus.sandbox.twilio.PhoneEvent;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.Tunnel;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whole calls over the sandbox's phone network, which speaks and listens as Twilio does. */
class SandboxCallIT {
    private static final String SCRIPT = """
            pace: {firstToken: 0ms, token: 0ms}
            rules:
              - {when: {caller: 'bye'}, call: {name: end-call, arguments: {conversationSummary: "All done."}}}
              - {when: {tool: end-call}, say: "Thank you for calling, and goodbye."}
              - when: {caller: 'story'}
                say: "Once upon a time there was a printer. It lived on the third floor. Nobody knew its name, and so it wept."
            otherwise: {say: "I see."}
            """;

    private final BlockingQueue<PhoneEvent> events = new LinkedBlockingQueue<>();
    private final StringBuilder heard = new StringBuilder();

    @Test
    void aWholeCallFromGreetingToGoodbye() throws Exception {
        try (var node = TestNode.greeting(SCRIPT)) {
            var call = dial(node);
            await(event -> event instanceof PhoneEvent.AgentSpeaking speaking && !speaking.on());
            assertThat(heard.toString().strip()).isEqualTo(TestNode.GREETING);
            call.say("bye");
            var ended = (PhoneEvent.SessionEnded) await(PhoneEvent.SessionEnded.class::isInstance);
            assertThat(heard.toString()).endsWith("Thank you for calling, and goodbye.");
            assertThat(ended.status()).isEqualTo("ended");
            assertThat(new JsonObject(String.valueOf(ended.handoffData())).getString("conversationSummary"))
                    .isEqualTo("All done.");
            assertThat(call.ended().await(10, SECONDS).status()).isEqualTo("completed");
            assertThat(events).noneMatch(PhoneEvent.Alert.class::isInstance);
        }
    }

    @Test
    void c3_afterABargeInTheModelReadsWhatWasHeard() throws Exception {
        try (var node = TestNode.greeting(SCRIPT)) {
            var call = dial(node);
            await(event -> event instanceof PhoneEvent.AgentSpeaking speaking && !speaking.on());
            call.say("tell me a story");
            await(event ->
                    event instanceof PhoneEvent.AgentHeard word && word.word().contains("third"));
            call.say("stop it");
            var cut = (PhoneEvent.AgentInterrupted) await(PhoneEvent.AgentInterrupted.class::isInstance);
            await(event ->
                    event instanceof PhoneEvent.AgentHeard word && word.word().contains("see"));
            var messages = new JsonObject(
                            String.valueOf(node.model.requests().getLast().body()))
                    .getJsonArray("messages");
            assertThat(cut.heard()).contains("on the third").doesNotContain("wept");
            assertThat(messages.getJsonObject(messages.size() - 2).getString("content"))
                    .isEqualTo(cut.heard());
            call.hangUp();
            call.ended().await(10, SECONDS);
        }
    }

    @Test
    void aCallerWhoHangsUpIsLetGo() throws Exception {
        try (var node = TestNode.greeting(SCRIPT)) {
            var call = dial(node);
            call.hangUp();
            assertThat(call.ended().await(10, SECONDS).status()).isEqualTo("completed");
            assertThat(events).noneMatch(PhoneEvent.Alert.class::isInstance);
        }
    }

    @Test
    void aLostSocketLeadsToASecondSessionWithAnApology() throws Exception {
        try (var node = TestNode.greeting(SCRIPT)) {
            var call = dial(node);
            await(PhoneEvent.Connected.class::isInstance);
            call.dropSocket();
            await(PhoneEvent.Connected.class::isInstance);
            await(event -> event instanceof PhoneEvent.AgentSpeaking speaking && !speaking.on());
            assertThat(heard.toString().toLowerCase(java.util.Locale.ROOT)).contains("sorry");
            call.say("hello again");
            await(event ->
                    event instanceof PhoneEvent.AgentHeard word && word.word().contains("see"));
            call.hangUp();
            call.ended().await(10, SECONDS);
        }
    }

    private PhoneCall dial(TestNode node) throws Exception {
        var tunnel = new Tunnel(TestNode.PUBLIC_URL, "127.0.0.1", node.node.port());
        var options = PhoneNetworkOptions.lifelike(TestNode.ACCOUNT_SID, TestNode.AUTH_TOKEN, tunnel)
                .faster(8);
        return new PhoneNetwork(node.vertx, options)
                .dial("+15550001111", "+15550002222", events::add)
                .await(10, SECONDS);
    }

    /** The next event of this kind; what was heard until then is taken down. */
    private PhoneEvent await(Predicate<PhoneEvent> wanted) throws InterruptedException {
        while (true) {
            var event = events.poll(15, SECONDS);
            assertThat(event).as("an event, after '%s'", heard).isNotNull();
            if (event instanceof PhoneEvent.AgentHeard word) {
                heard.append(word.word());
            }
            if (event != null && wanted.test(event)) {
                return event;
            }
        }
    }
}
