package dev.callbus.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.ToolCall;
import dev.callbus.tool.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** What holds of a call whatever happens in whatever order: 300 calls of 500 random steps each. */
class CallPropertyTest {
    private static final int STEPS = 500;

    @Property(tries = 300)
    void everyInterleavingKeepsTheRules(@ForAll long seed) {
        var world = new World(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
    }

    /** A call, all that could be done to it, and the checker of what it does. */
    private static final class World {
        private final Random random;
        private final List<RequestId> requests = new ArrayList<>();
        private final List<CallEffect.RunTool> tools = new ArrayList<>();
        private Instant now = Instant.parse("2026-11-21T10:00:00Z");
        private final Call call =
                new Call(CallSettingsFixture.opening(), CallSettingsFixture.settings(), now, ZoneOffset.UTC);
        private @Nullable RequestId open;
        private boolean turnUp;
        private boolean cycleOpen;
        private int lastFramesOfTurn;
        private boolean wordsInTurn;
        private boolean over;

        World(Random random) {
            this.random = random;
            check(call.begin("Hello there.", now), null);
        }

        void step() {
            now = now.plusMillis(random.nextInt(800));
            var input = randomInput();
            check(call.handle(input, now), input);
            assertThatHistoryIsAValidRequest(call.history());
        }

        private CallInput randomInput() {
            return switch (random.nextInt(20)) {
                case 0, 1 -> new CallProtocol.Prompt("words " + random.nextInt(100), "en-US", true);
                case 2 -> new CallProtocol.Prompt("wor", "en-US", false);
                case 3 -> new CallProtocol.Interrupt(random.nextBoolean() ? "" : "d1 d2", 100);
                case 4 -> new CallProtocol.Dtmf("5");
                case 5 -> new CallProtocol.Info("agentSpeaking", random.nextBoolean() ? "on" : "off");
                case 6 -> new CallProtocol.Info("tokensPlayed", "d1 d2 ");
                case 7 -> new CallInput.Due(pick(List.of(CallTimer.values())));
                case 8 ->
                    random.nextInt(20) == 0
                            ? new CallProtocol.HangUp("Bye.", new Handoff(Handoff.NODE_STOPPING, "stop"))
                            : new CallProtocol.Say("An operator speaks.");
                case 9 ->
                    pick(List.of(
                            new CallProtocol.Note("Something to know."),
                            new CallProtocol.Brief("Something to tell."),
                            new CallProtocol.Reassign(
                                    CallSettingsFixture.profile().context(), null)));
                case 10, 11, 12 -> toolReturned();
                default -> modelEvent();
            };
        }

        private <T> T pick(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private CallInput toolReturned() {
            if (tools.isEmpty()) {
                return new CallInput.Due(CallTimer.SILENCE);
            }
            var run = pick(tools);
            List<ToolOutcome.Action> actions = random.nextInt(3) == 0
                    ? List.of(pick(List.of(
                            new ToolOutcome.EndCall("end-call", "done", Map.of()),
                            new ToolOutcome.SendDigits("1"),
                            new ToolOutcome.SwitchLanguage("es-ES", null),
                            new ToolOutcome.ListenMode(random.nextInt(4) == 0),
                            new ToolOutcome.SilenceDetection(random.nextBoolean()))))
                    : List.of();
            return new CallInput.ToolReturned(
                    run.request(), run.call().id(), new ToolOutcome(true, "{\"ok\":true}", actions));
        }

        private CallInput modelEvent() {
            if (requests.isEmpty()) {
                return new CallInput.Due(CallTimer.SILENCE);
            }
            var request = random.nextInt(4) == 0 ? pick(requests) : requests.getLast();
            ModelEvent event = switch (random.nextInt(9)) {
                case 0 -> new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN);
                case 1 -> new ModelEvent.Failed(ModelFailure.BROKEN, "broke");
                case 2, 3 -> new ModelEvent.ToolCalls(randomCalls(), null);
                default -> new ModelEvent.Delta("d" + random.nextInt(9) + " ");
            };
            return new CallInput.Model(request, event);
        }

        private List<ToolCall> randomCalls() {
            var calls = new ArrayList<ToolCall>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                calls.add(new ToolCall(random.nextInt(4) == 0 ? "" : "call_" + random.nextInt(3), "tool", "{}", null));
            }
            return calls;
        }

        private void check(List<CallEffect> effects, @Nullable CallInput input) {
            if (input instanceof CallInput.Model model && !model.request().equals(open)) {
                assertThat(effects)
                        .as("a stale model event says nothing")
                        .noneMatch(effect -> effect instanceof CallEffect.Send(CallProtocol.Text text)
                                && !text.token().isEmpty());
            }
            for (var effect : effects) {
                assertThat(over).as("nothing follows the end: %s", effect).isFalse();
                switch (effect) {
                    case CallEffect.Send send -> checkFrame(send.frame());
                    case CallEffect.AskModel ask -> {
                        turnUp = true;
                        open = ask.request();
                        requests.add(ask.request());
                        if (ask.request().round() == 1) {
                            lastFramesOfTurn = 0;
                            wordsInTurn = false;
                        }
                        assertThatHistoryIsAValidRequest(ask.messages());
                    }
                    case CallEffect.CancelModel cancel -> open = null;
                    case CallEffect.RunTool run -> {
                        open = null;
                        tools.add(run);
                    }
                    case CallEffect.Announce announce -> checkEvent(announce.event());
                    case CallEffect.File file -> {}
                    case CallEffect.Close close -> over = true;
                    case CallEffect.Arm arm -> assertThat(arm.after()).isGreaterThan(Duration.ofMillis(-1));
                    case CallEffect.Disarm disarm -> {}
                }
            }
        }

        private void checkFrame(CallProtocol.ToChannel frame) {
            switch (frame) {
                case CallProtocol.Text text -> {
                    assertThat(text.token().isEmpty() && !text.last())
                            .as("an empty token")
                            .isFalse();
                    assertThat(text.token().isEmpty() && !cycleOpen)
                            .as("closes nothing")
                            .isFalse();
                    wordsInTurn = true;
                    cycleOpen = !text.last();
                    lastFramesOfTurn += text.last() ? 1 : 0;
                }
                case CallProtocol.End end ->
                    assertThat(turnUp).as("a turn is up").isFalse();
                case CallProtocol.Play play -> {}
                case CallProtocol.SendDigits digits -> {}
                case CallProtocol.Language language -> {}
            }
        }

        private void checkEvent(CallEvent event) {
            if (event instanceof CallEvent.TurnEnded) {
                assertThat(cycleOpen).as("the talk cycle is closed").isFalse();
                assertThat(lastFramesOfTurn).as("frames with last:true").isEqualTo(wordsInTurn ? 1 : 0);
                turnUp = false;
                open = null;
            }
        }

        private static void assertThatHistoryIsAValidRequest(List<ChatMessage> messages) {
            assertThat(messages.getFirst()).isInstanceOf(ChatMessage.Instructions.class);
            for (int i = 1; i < messages.size(); i++) {
                switch (messages.get(i)) {
                    case ChatMessage.Assistant assistant -> {
                        assertThat(assistant.text().isEmpty()
                                        && assistant.calls().isEmpty())
                                .isFalse();
                        var ids = new HashSet<String>();
                        for (var toolCall : assistant.calls()) {
                            assertThat(ids.add(toolCall.id())).isTrue();
                            assertThat(messages.get(++i))
                                    .isInstanceOfSatisfying(
                                            ChatMessage.ToolResult.class,
                                            result ->
                                                    assertThat(result.callId()).isEqualTo(toolCall.id()));
                        }
                    }
                    case ChatMessage.Caller caller ->
                        assertThat(messages.get(i - 1)).isNotInstanceOf(ChatMessage.Caller.class);
                    case ChatMessage.ToolResult orphan -> throw new AssertionError("a result without its call");
                    case ChatMessage.Instructions note ->
                        assertThat(note.text()).isNotEmpty();
                }
            }
        }
    }
}
