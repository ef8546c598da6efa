package dev.callbus.call;

import dev.callbus.asset.ToolManifest;
import dev.callbus.call.CallEvent.Outcome;
import dev.callbus.config.CallSettings;
import dev.callbus.llm.ModelEvent;
import dev.callbus.llm.ToolCall;
import dev.callbus.tool.helpdesk.CheckVerification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a call answers its caller: one turn at a time, each a chain of model requests and rounds of tools. Whatever arrives
 * for a turn that is over is dropped, but for the results of tools, which are facts that the history needs.
 */
final class Answering {
    /** Between one filler and the next the caller waits so many times longer than for the first. */
    private static final int FILLER_PAUSE = 4;

    private static final ToolManifest NO_TOOLS = ToolManifest.of("none", List.of());

    private final String callSid;
    private final CallSettings settings;
    private final Agent agent;
    private final Conversation conversation;
    private final Voice voice;
    private final Playback playback;
    private final ToolRounds tools;
    private final Gate gate;
    private @Nullable Turn turn;
    private int turns;
    private int failuresInARow;

    Answering(
            String callSid,
            CallSettings settings,
            Agent agent,
            Conversation conversation,
            Voice voice,
            Playback playback,
            ToolRounds tools,
            Gate gate) {
        this.callSid = callSid;
        this.settings = settings;
        this.agent = agent;
        this.conversation = conversation;
        this.voice = voice;
        this.playback = playback;
        this.tools = tools;
        this.gate = gate;
    }

    /** Whether no turn is under way. */
    boolean isIdle() {
        return turn == null;
    }

    /** Answers what the caller said, in place of what may be being answered. */
    void answer(String utterance, Instant now, List<CallEffect> effects) {
        abandon(Outcome.SUPERSEDED, now, effects);
        conversation.caller(utterance, now);
        begin(now, effects);
    }

    /** Has the code checked that the caller entered, and the model speak about what comes of it. */
    void check(String utterance, Instant now, List<CallEffect> effects) {
        abandon(Outcome.SUPERSEDED, now, effects);
        if (!utterance.isBlank()) {
            conversation.caller(utterance, now);
        }
        var next = new Turn(++turns, conversation.answer(now), now);
        turn = next;
        effects.add(new CallEffect.Arm(CallTimer.WATCHDOG, settings.watchdog()));
        run(next, List.of(new ToolCall("", CheckVerification.NAME, "{}", null)), null, effects);
    }

    /** Has the model speak about something that the caller doesn't know yet, in place of what may be being answered. */
    void brief(String news, Instant now, List<CallEffect> effects) {
        abandon(Outcome.SUPERSEDED, now, effects);
        conversation.note(news);
        begin(now, effects);
    }

    private void begin(Instant now, List<CallEffect> effects) {
        var next = new Turn(++turns, conversation.answer(now), now);
        turn = next;
        ask(next, next.answer(), now, effects);
    }

    /** Drops the turn; what it said so far stays said. */
    void abandon(Outcome outcome, Instant now, List<CallEffect> effects) {
        if (turn != null) {
            var dropped = turn;
            if (dropped.isModelRunning()) {
                effects.add(new CallEffect.CancelModel(dropped.request()));
            }
            voice.close(effects);
            finish(dropped, outcome, now, effects);
        }
    }

    /** Drops the turn without another frame: nobody listens any more. */
    void stop(List<CallEffect> effects) {
        if (turn != null && turn.isModelRunning()) {
            effects.add(new CallEffect.CancelModel(turn.request()));
        }
        turn = null;
    }

    /** The model said something; returns how the call is to end if it is. */
    Optional<Handoff> model(CallInput.Model model, Instant now, List<CallEffect> effects) {
        var current = turn;
        if (current == null || !current.isModelRunning() || !current.request().equals(model.request())) {
            return Optional.empty();
        }
        current.sign(now);
        return switch (model.event()) {
            case ModelEvent.Delta delta -> {
                speak(current, delta.text(), now, effects);
                yield Optional.empty();
            }
            case ModelEvent.ToolCalls calls -> callTools(current, calls, now, effects);
            case ModelEvent.Finished finished -> finished(current, now, effects);
            case ModelEvent.Failed failed -> fail(current, now, effects);
        };
    }

    /** A tool returned; once all of its round have, the model is asked again. */
    void toolReturned(CallInput.ToolReturned returned, Instant now, List<CallEffect> effects) {
        var current = turn != null && turn.request().equals(returned.request()) ? turn : null;
        boolean complete = tools.returned(returned, current, now, effects);
        if (complete && current != null) {
            ask(current, conversation.answer(now), now, effects);
        }
    }

    /** The caller waited long enough for a word. */
    void fill(Instant now, List<CallEffect> effects) {
        var current = turn;
        if (current == null || settings.fillers().isEmpty() || voice.isMuted()) {
            return;
        }
        if (playback.hasRunOut(now)) {
            int filler = current.nextFiller();
            if (filler >= settings.fillers().size()) {
                return;
            }
            var words = settings.fillers()
                    .get((current.number() - 1 + filler) % settings.fillers().size());
            voice.sentence(current.answer(), words, now, effects);
            effects.add(
                    new CallEffect.Arm(CallTimer.FILLER, settings.fillerAfter().multipliedBy(FILLER_PAUSE)));
        } else {
            effects.add(new CallEffect.Arm(CallTimer.FILLER, settings.fillerAfter()));
        }
    }

    /** Gives up a turn whose model has been mute for too long. */
    Optional<Handoff> watch(Instant now, List<CallEffect> effects) {
        var current = turn;
        if (current == null) {
            return Optional.empty();
        }
        var left = settings.watchdog().minus(current.sinceSign(now));
        if (current.areToolsRunning() || left.isPositive()) {
            var rest = left.isPositive() ? left : settings.watchdog();
            effects.add(new CallEffect.Arm(CallTimer.WATCHDOG, rest));
            return Optional.empty();
        }
        effects.add(new CallEffect.CancelModel(current.request()));
        return fail(current, now, effects);
    }

    /** Gives up the turn, if there is one, because of a fault of our own. */
    Optional<Handoff> giveUp(Instant now, List<CallEffect> effects) {
        var current = turn;
        if (current == null) {
            return Optional.empty();
        }
        if (current.isModelRunning()) {
            effects.add(new CallEffect.CancelModel(current.request()));
        }
        return fail(current, now, effects);
    }

    private void ask(Turn current, Conversation.Answer answer, Instant now, List<CallEffect> effects) {
        current.nextRound(answer, now);
        var offered = current.round() <= settings.maxToolRounds() ? agent.manifest() : NO_TOOLS;
        effects.add(new CallEffect.AskModel(
                current.request(), conversation.messages(), offered, gate.isVerified(now), agent.model()));
        effects.add(new CallEffect.Arm(CallTimer.WATCHDOG, settings.watchdog()));
        expectWords(current, effects);
    }

    /** The wait for a word goes on through rounds that have none. */
    private void expectWords(Turn current, List<CallEffect> effects) {
        if (!settings.fillers().isEmpty() && !voice.isMuted() && current.beginsToWait()) {
            effects.add(new CallEffect.Arm(CallTimer.FILLER, settings.fillerAfter()));
        }
    }

    private void speak(Turn current, String words, Instant now, List<CallEffect> effects) {
        if (voice.isMuted()) {
            return;
        }
        if (voice.token(current.answer(), words, now, effects)) {
            spoke(current, now, effects);
        }
    }

    private void spoke(Turn current, Instant now, List<CallEffect> effects) {
        if (current.beginsToSpeak()) {
            var waited = current.sinceAsked(now);
            effects.add(new CallEffect.Announce(new CallEvent.Answering(callSid, now, current.number(), waited)));
        }
        if (current.beginsRound()) {
            effects.add(new CallEffect.Disarm(CallTimer.FILLER));
        }
    }

    /** The model has written its whole message; what of it was held back is spoken now. */
    private void speakRest(Turn current, Instant now, List<CallEffect> effects) {
        if (voice.endTokens(current.answer(), now, effects)) {
            spoke(current, now, effects);
        }
    }

    private Optional<Handoff> callTools(
            Turn current, ModelEvent.ToolCalls calls, Instant now, List<CallEffect> effects) {
        if (current.round() > settings.maxToolRounds()) {
            effects.add(new CallEffect.CancelModel(current.request()));
            return fail(current, now, effects);
        }
        speakRest(current, now, effects);
        run(current, calls.calls(), calls.extra(), effects);
        return Optional.empty();
    }

    private void run(Turn current, List<ToolCall> calls, @Nullable String extra, List<CallEffect> effects) {
        tools.run(current, current.callTools(calls, extra), agent.manifest(), effects);
        expectWords(current, effects);
    }

    private Optional<Handoff> finished(Turn current, Instant now, List<CallEffect> effects) {
        speakRest(current, now, effects);
        var end = Optional.ofNullable(current.end());
        if (!current.hasSpoken() && end.isEmpty() && !voice.isMuted()) {
            return fail(current, now, effects);
        }
        failuresInARow = 0;
        conclude(current, Outcome.ANSWERED, now, effects);
        return end;
    }

    /** The turn can't be answered: says so, and after several such turns hands the caller over. */
    private Optional<Handoff> fail(Turn current, Instant now, List<CallEffect> effects) {
        if (current.end() != null) {
            conclude(current, Outcome.FAILED, now, effects);
            return Optional.of(current.end());
        }
        failuresInARow++;
        boolean enough = failuresInARow >= settings.failuresBeforeHandoff();
        var words = enough ? settings.handoffWords() : current.hasSpoken() ? settings.lostThread() : settings.apology();
        voice.conclude(conversation.answer(now), words, now, effects);
        finish(current, Outcome.FAILED, now, effects);
        return enough
                ? Optional.of(new Handoff(Handoff.LIVE_AGENT, "The assistant is not available"))
                : Optional.empty();
    }

    /** Ends a turn after its words; a call never ends without a goodbye. */
    private void conclude(Turn current, Outcome outcome, Instant now, List<CallEffect> effects) {
        if (current.hasSpoken()) {
            voice.close(effects);
        } else {
            voice.conclude(conversation.answer(now), settings.farewell(), now, effects);
        }
        finish(current, outcome, now, effects);
    }

    private void finish(Turn ended, Outcome outcome, Instant now, List<CallEffect> effects) {
        turn = null;
        effects.add(new CallEffect.Disarm(CallTimer.FILLER));
        effects.add(new CallEffect.Disarm(CallTimer.WATCHDOG));
        effects.add(new CallEffect.Announce(ended.ended(callSid, outcome, now)));
    }
}
