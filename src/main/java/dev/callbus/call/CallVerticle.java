package dev.callbus.call;

import dev.callbus.asset.ToolManifest;
import dev.callbus.bus.BusException;
import dev.callbus.bus.StreamHandler;
import dev.callbus.bus.StreamInlet;
import dev.callbus.config.CallSettings;
import dev.callbus.llm.LlmBus;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ModelFailure;
import dev.callbus.llm.ToolCall;
import dev.callbus.llm.ToolSpec;
import dev.callbus.time.LoopTime;
import dev.callbus.tool.CallFacts;
import dev.callbus.tool.ToolOutcome;
import dev.callbus.tool.ToolRegistry;
import dev.callbus.tool.helpdesk.SendVerification;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call as an actor: turns bus messages and timer ticks into inputs of its {@link Call} and carries the effects out.
 * Everything that it does happens on its own context, one input after the other.
 */
public final class CallVerticle extends VerticleBase implements StreamHandler<ModelEvent> {
    private static final Logger log = LoggerFactory.getLogger(CallVerticle.class);

    private final CallProtocol.Setup setup;
    private final String greeting;
    private final CallSettings settings;
    private final ToolRegistry tools;
    private final CallFacts facts;
    private final Map<CallTimer, Long> timers = new EnumMap<>(CallTimer.class);
    private final Call call;
    private @Nullable StreamInlet<LlmProtocol.Generate, ModelEvent> models;
    private @Nullable ToolManifest manifest;
    private List<ToolSpec> toolSpecs = List.of();
    private boolean verified;
    private boolean over;

    CallVerticle(SupervisorProtocol.Open open, CallSettings settings, ToolRegistry tools) {
        this.setup = open.setup();
        this.greeting = switch (open.medium()) {
            case VOICE -> open.profile().relay().welcomeGreeting();
            case TEXT -> ""; // Twilio speaks it, and nobody does in writing
        };
        this.settings = switch (open.medium()) {
            case VOICE -> settings.withSilence(open.profile().silence());
            case TEXT -> settings.forText();
        };
        this.tools = tools;
        this.facts = new CallFacts(
                setup.callSid(),
                setup.from(),
                setup.to(),
                setup.direction(),
                open.profile().relay().codes(),
                setup.parameters());
        this.call = new Call(open, this.settings, LoopTime.now(), ZoneId.systemDefault());
    }

    @Override
    public Future<?> start() {
        return LlmBus.GENERATE
                .inlet(vertx, "call." + setup.callSid() + ".model", this)
                .compose(inlet -> {
                    models = inlet;
                    return CallBus.call(setup.callSid()).serve(vertx, this::handle);
                })
                .onSuccess(listening -> {
                    LlmBus.WARM.send(vertx, new LlmProtocol.Warm(setup.callSid()));
                    carryOut(call.begin(greeting, LoopTime.now()));
                });
    }

    @Override
    public Future<?> stop() {
        over = true;
        timers.values().forEach(vertx::cancelTimer);
        timers.clear();
        return Future.succeededFuture();
    }

    @Override
    public void item(long id, ModelEvent event) {
        handle(new CallInput.Model(RequestId.of(id), event));
    }

    @Override
    public void ended(long id, @Nullable BusException cause) {
        if (cause != null) {
            item(id, new ModelEvent.Failed(ModelFailure.UNAVAILABLE, cause.failure() + ": " + cause.getMessage()));
        }
    }

    private void handle(CallInput input) {
        if (over) {
            return;
        }
        try {
            carryOut(call.handle(input, LoopTime.now()));
        } catch (RuntimeException e) {
            log.error(
                    "call stumbled [call: {}, input: {}]",
                    setup.callSid(),
                    input.getClass().getSimpleName(),
                    e);
            carryOut(call.recover(LoopTime.now()));
        }
    }

    private void carryOut(List<CallEffect> effects) {
        for (var effect : effects) {
            carryOut(effect);
        }
    }

    private void carryOut(CallEffect effect) {
        switch (effect) {
            case CallEffect.Send send -> send(send.frame());
            case CallEffect.AskModel ask -> ask(ask);
            case CallEffect.CancelModel cancel ->
                models().cancel(cancel.request().number());
            case CallEffect.RunTool run -> run(run);
            case CallEffect.Arm arm -> arm(arm.timer(), arm.after());
            case CallEffect.Disarm disarm -> disarm(disarm.timer());
            case CallEffect.File file -> CallBus.WRAP_UP.send(vertx, new SupervisorProtocol.WrapUp(file.call()));
            case CallEffect.Announce announce -> CallBus.EVENTS.publish(vertx, announce.event());
            case CallEffect.Close close -> close(close.reason());
        }
    }

    private void send(CallProtocol.ToChannel frame) {
        CallBus.channel(setup.callSid())
                .send(vertx, frame)
                .onFailure(gone -> handle(new CallProtocol.ChannelLost("channel does not listen")));
    }

    private void ask(CallEffect.AskModel ask) {
        if (!ask.tools().equals(manifest) || ask.verified() != verified) {
            manifest = ask.tools();
            verified = ask.verified();
            toolSpecs = tools.specs(manifest, verified);
        }
        models().open(
                        ask.request().number(),
                        new LlmProtocol.Generate(setup.callSid(), ask.messages(), toolSpecs, ask.model()));
    }

    private void run(CallEffect.RunTool run) {
        var began = LoopTime.now();
        var effect = run.request().turn() + "." + run.request().round() + "."
                + run.call().id();
        tools.run(run.call(), run.manifest().names(), facts.at(run.standing(), effect))
                .timeout(settings.toolTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(late -> late(run.call()))
                .onSuccess(outcome -> returned(run.request(), run.call(), outcome, began));
    }

    private static ToolOutcome late(ToolCall toolCall) {
        var words = "The tool did not answer in time. It may still have worked.";
        return toolCall.name().equals(SendVerification.NAME)
                ? ToolOutcome.refused(words, Map.of(), new ToolOutcome.CodeUnderway())
                : ToolOutcome.refused(words);
    }

    private void returned(RequestId request, ToolCall toolCall, ToolOutcome outcome, Instant began) {
        var now = LoopTime.now();
        CallBus.EVENTS.publish(
                vertx,
                new CallEvent.ToolRan(
                        setup.callSid(),
                        now,
                        request.turn(),
                        toolCall.name(),
                        outcome.success(),
                        Duration.between(began, now)));
        handle(new CallInput.ToolReturned(request, toolCall.id(), outcome));
    }

    private void arm(CallTimer timer, Duration after) {
        disarm(timer);
        long millis = Math.max(1, after.toMillis());
        timers.put(
                timer,
                switch (timer) {
                    case SILENCE -> vertx.setPeriodic(millis, tick -> handle(new CallInput.Due(timer)));
                    case FILLER, WATCHDOG, SPEECH, KEYPAD ->
                        vertx.setTimer(millis, fired -> {
                            timers.remove(timer);
                            handle(new CallInput.Due(timer));
                        });
                });
    }

    private void disarm(CallTimer timer) {
        var id = timers.remove(timer);
        if (id != null) {
            vertx.cancelTimer(id);
        }
    }

    private void close(String reason) {
        over = true;
        log.info("call ended [call: {}, reason: {}]", setup.callSid(), reason);
        CallBus.OVER.send(vertx, new SupervisorProtocol.Over(setup.callSid()));
    }

    private StreamInlet<LlmProtocol.Generate, ModelEvent> models() {
        if (models == null) {
            throw new IllegalStateException("the call has not begun");
        }
        return models;
    }
}
