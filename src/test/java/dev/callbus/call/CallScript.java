package dev.callbus.call;

import dev.callbus.config.CallSettings;
import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.ToolCall;
import dev.callbus.tool.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Plays a call in virtual time: what is done to it, and what it did. Timers that the call arms run out as time passes. */
final class CallScript {
    private final Call call;
    private final Map<CallTimer, Instant> due = new EnumMap<>(CallTimer.class);
    private final List<CallEffect> effects = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final Instant start = now;

    CallScript(CallSettings settings, String greeting) {
        this(CallSettingsFixture.opening(), settings, greeting);
    }

    CallScript(SupervisorProtocol.Open opening, CallSettings settings, String greeting) {
        call = new Call(opening, settings, now, ZoneOffset.UTC);
        take(call.begin(greeting, now));
    }

    static CallScript call() {
        return new CallScript(CallSettingsFixture.settings(), "");
    }

    CallScript on(CallInput input) {
        take(call.handle(input, now));
        return this;
    }

    CallScript keys(String keys) {
        keys.chars().forEach(key -> on(new CallProtocol.Dtmf(Character.toString(key))));
        return this;
    }

    CallScript prompt(String text) {
        return on(new CallProtocol.Prompt(text, "en-US", true));
    }

    CallScript partial(String text) {
        return on(new CallProtocol.Prompt(text, "en-US", false));
    }

    CallScript interrupt(String heard) {
        return on(new CallProtocol.Interrupt(heard, 500));
    }

    CallScript info(String name, String value) {
        return on(new CallProtocol.Info(name, value));
    }

    CallScript says(RequestId request, String... deltas) {
        for (var delta : deltas) {
            on(new CallInput.Model(request, new ModelEvent.Delta(delta)));
        }
        return this;
    }

    CallScript finishes(RequestId request) {
        return on(new CallInput.Model(request, new ModelEvent.Finished("test", ModelEvent.Usage.UNKNOWN)));
    }

    CallScript fails(RequestId request) {
        return on(new CallInput.Model(request, new ModelEvent.Failed(ModelFailure.UNAVAILABLE, "500")));
    }

    CallScript calls(RequestId request, String... tools) {
        var calls = new ArrayList<ToolCall>();
        for (var tool : tools) {
            calls.add(new ToolCall("id-" + tool, tool, "{}", null));
        }
        return on(new CallInput.Model(request, new ModelEvent.ToolCalls(calls, null)));
    }

    CallScript returns(RequestId request, String tool, ToolOutcome.Action... actions) {
        return on(new CallInput.ToolReturned(
                request, "id-" + tool, new ToolOutcome(true, "{\"from\":\"" + tool + "\"}", List.of(actions))));
    }

    /** Answers the request that the call made last. */
    CallScript answers(String... deltas) {
        var request = lastRequest();
        return says(request, deltas).finishes(request);
    }

    /** Lets time pass; timers run out in their order. */
    CallScript pass(Duration duration) {
        var until = now.plus(duration);
        while (true) {
            var next = due.entrySet().stream()
                    .filter(entry -> !entry.getValue().isAfter(until))
                    .min(Map.Entry.comparingByValue());
            if (next.isEmpty()) {
                now = until;
                return this;
            }
            now = next.get().getValue();
            var timer = next.get().getKey();
            if (timer == CallTimer.SILENCE) {
                due.put(timer, now.plusSeconds(1));
            } else {
                due.remove(timer);
            }
            on(new CallInput.Due(timer));
        }
    }

    RequestId lastRequest() {
        return asks().getLast().request();
    }

    List<CallEffect.AskModel> asks() {
        return of(CallEffect.AskModel.class);
    }

    List<CallProtocol.ToChannel> frames() {
        return of(CallEffect.Send.class).stream().map(CallEffect.Send::frame).toList();
    }

    /** The frames in short: {@code text|}, {@code text.} for the last one of a talk cycle, {@code END reason}. */
    List<String> wire() {
        return frames().stream()
                .map(frame -> switch (frame) {
                    case CallProtocol.Text text -> text.token() + (text.last() ? "." : "|");
                    case CallProtocol.End end -> "END " + end.handoff().reasonCode();
                    case CallProtocol.Play play -> "PLAY";
                    case CallProtocol.SendDigits digits -> "DIGITS " + digits.digits();
                    case CallProtocol.Language language -> "LANGUAGE " + language.tts();
                })
                .toList();
    }

    <E extends CallEffect> List<E> of(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    CallScript forget() {
        effects.clear();
        return this;
    }

    Duration elapsed() {
        return Duration.between(start, now);
    }

    boolean runs(CallTimer timer) {
        return due.containsKey(timer);
    }

    /** The history in short: {@code user: …}, {@code assistant: … [tools]}, {@code tool: …}. */
    List<String> history() {
        return call.history().stream()
                .skip(1)
                .map(message -> switch (message) {
                    case ChatMessage.Instructions note -> "system: " + note.text();
                    case ChatMessage.Caller caller -> "user: " + caller.text();
                    case ChatMessage.Assistant assistant ->
                        "assistant: " + assistant.text()
                                + (assistant.calls().isEmpty()
                                        ? ""
                                        : assistant.calls().stream()
                                                .map(ToolCall::name)
                                                .toList());
                    case ChatMessage.ToolResult result -> "tool: " + result.content();
                })
                .toList();
    }

    List<ChatMessage> messages() {
        return call.history();
    }

    private void take(List<CallEffect> happened) {
        for (var effect : happened) {
            effects.add(effect);
            if (effect instanceof CallEffect.Arm arm) {
                due.put(arm.timer(), now.plus(arm.after()));
            } else if (effect instanceof CallEffect.Disarm disarm) {
                due.remove(disarm.timer());
            } else if (effect instanceof CallEffect.Close) {
                due.clear();
            }
        }
    }
}
