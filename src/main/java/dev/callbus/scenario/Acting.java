package dev.callbus.scenario;

import dev.callbus.sandbox.openai.Fault;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Does what the steps of a scenario do: speaks and presses for the caller, and breaks things. */
final class Acting {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final int FEW = 3;

    private final Stage stage;
    private int turns;

    Acting(Stage stage) {
        this.stage = stage;
    }

    /** Does it; throws {@link Unmet} if it can't be done. */
    void act(Step.Act act) {
        switch (act) {
            case Step.Says says -> says(says);
            case Step.Presses presses -> presses(presses);
            case Step.KeepsSilent silent -> {
                stage.waitPolitely();
                stage.acts();
                stage.ear.remark("(silence)");
                stage.world.pass(silent.time());
            }
            case Step.Interrupts interrupts -> interrupts(interrupts);
            case Step.SaysPartially partial -> {
                var words = stage.memory.fill(partial.words());
                stage.acts();
                stage.ear.caller(words + " …");
                stage.call().sendRaw(prompt(words));
            }
            case Step.HangsUp hangsUp -> {
                stage.ear.caller("(hangs up)");
                stage.acts();
                stage.call().hangUp();
            }
            case Step.Chaos chaos -> {
                stage.ear.remark("(" + chaos.trouble().written() + ")");
                cause(chaos);
            }
        }
    }

    private void says(Step.Says says) {
        if (!says.now()) {
            stage.waitPolitely();
        }
        mustBeUp("say anything");
        speak(stage.memory.fill(says.words()));
    }

    private void speak(String words) {
        turn();
        stage.acts();
        stage.ear.caller(words);
        stage.call().say(words);
    }

    private void presses(Step.Presses presses) {
        if (!presses.now()) {
            stage.waitPolitely();
        }
        mustBeUp("press a key");
        var keys = stage.memory.fill(presses.keys());
        turn();
        stage.acts();
        stage.ear.caller("(presses " + keys + ")");
        stage.call().press(keys);
    }

    private void interrupts(Step.Interrupts step) {
        var says = step.says();
        int words = step.afterWords() == null ? 0 : step.afterWords();
        var at = step.at() == null ? "" : stage.memory.fill(step.at());
        boolean heard = stage.world.until(
                () -> at.isEmpty()
                        ? stage.ear.newWords() >= words
                        : Words.find(stage.ear.news(), at).isPresent(),
                PATIENCE);
        if (!heard || !stage.ear.isSpeaking()) {
            throw new Unmet(
                    at.isEmpty()
                            ? "the agent speaks more than " + words + " words"
                            : "the agent says \"" + at + "\" and goes on",
                    stage.ear.news().isBlank()
                            ? "the caller heard nothing"
                            : "the caller heard \"" + Words.plain(stage.ear.news()) + "\"");
        }
        mustBeUp("interrupt");
        if (says != null) {
            speak(stage.memory.fill(says));
        } else {
            stage.acts();
            stage.call().interrupt();
        }
    }

    private void mustBeUp(String what) {
        if (stage.ear.isCallOver() || !stage.world.until(stage.ear::isConnected, PATIENCE)) {
            throw new Unmet("the caller can " + what, "the call is over");
        }
    }

    /** A turn of the caller begins; after as many as were ordered the model is gone. */
    private void turn() {
        turns++;
        var last = stage.given.model().diesAfterTurn();
        if (last != null && turns == last + 1) {
            stage.ear.remark("(the model dies)");
            suffers(new Fault.Close(new Fault.BeforeHeaders(), ALWAYS));
        }
    }

    private void suffers(Fault fault) {
        stage.world.model().suffer(fault);
    }

    /** Breaks something. */
    void cause(Step.Chaos chaos) {
        int times = chaos.times();
        var serviceNow = stage.world.serviceNowFaults();
        switch (chaos.trouble()) {
            case DROP_SOCKET -> stage.call().dropSocket();
            case DUPLICATE_WEBHOOK -> stage.call().repeatWebhook();
            case MODEL_HANGS -> suffers(new Fault.Hang(new Fault.BeforeHeaders(), times));
            case MODEL_429 -> suffers(new Fault.Fail(429, "Rate limit reached", "rate_limit_exceeded", null, times));
            case MODEL_5XX -> suffers(new Fault.Fail(500, "The server had an error", null, null, times));
            case MODEL_HANGS_UP -> suffers(new Fault.Close(new Fault.BeforeHeaders(), times));
            case MODEL_BREAKS_OFF -> suffers(new Fault.Close(new Fault.AfterTokens(FEW), times));
            case MODEL_GARBAGE -> suffers(new Fault.Garbage(times));
            case MODEL_DOWN -> suffers(new Fault.Close(new Fault.BeforeHeaders(), ALWAYS));
            case SERVICENOW_500 -> serviceNow.failNext(times, 500);
            case SERVICENOW_429 -> serviceNow.throttleNext(times, RETRY_AFTER);
            case SERVICENOW_SLOW -> serviceNow.slowDownNext(times, SLOW);
            case SERVICENOW_LOSES_ANSWERS -> serviceNow.loseAnswersOfNext(times);
            case SERVICENOW_DOWN -> serviceNow.goDown();
            case SERVICENOW_HIBERNATES -> serviceNow.hibernate();
            case SERVICENOW_BACK -> serviceNow.clear();
        }
    }

    private static String prompt(String words) {
        return new JsonObject()
                .put("type", "prompt")
                .put("voicePrompt", words)
                .put("lang", "en-US")
                .put("last", false)
                .encode();
    }
}
