package dev.callbus.call;

import dev.callbus.call.CallEvent.Outcome;
import dev.callbus.config.CallSettings;
import dev.callbus.llm.ChatMessage;
import dev.callbus.servicenow.CallRecord;
import dev.callbus.tool.Standing;
import dev.callbus.tool.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as a state machine without I/O: every input, with its time, yields the effects that are to be carried out, in
 * order. It is deterministic, so that the same inputs lead to the same call.
 *
 * <p>One input at a time; not thread-safe.
 */
public final class Call {
    private final CallProtocol.Setup setup;
    private final Agent agent;
    private final Conversation conversation;
    private final Playback playback;
    private final Voice voice;
    private final SilenceClock silence;
    private final Answering answering;
    private final Intake intake;
    private final Gate gate = new Gate();
    private final Instant began;
    private final Medium medium;

    private boolean callerSpeaking;
    private boolean over;
    private @Nullable Ending ending;
    private @Nullable Instant speechTimer;

    /** A call that begins with this setup, now, and that this agent answers. */
    public Call(SupervisorProtocol.Open open, CallSettings settings, Instant now, ZoneId zone) {
        this.setup = open.setup();
        this.agent = new Agent(setup, open.profile(), open.medium(), now, zone);
        this.conversation = new Conversation(agent.instructions(), settings.historyLimit());
        this.playback = new Playback(settings.charactersPerSecond());
        this.voice = new Voice(conversation, playback, open.medium());
        this.silence = new SilenceClock(settings.silence());
        var actions = new ToolActions(agent, conversation, voice, silence);
        var tools = new ToolRounds(actions, gate);
        this.answering = new Answering(setup.callSid(), settings, agent, conversation, voice, playback, tools, gate);
        this.intake = new Intake(gate, settings.keypadPause());
        this.began = now;
        this.medium = open.medium();
        voice.mute(open.profile().listenMode());
    }

    /**
     * The call begins.
     *
     * @param greeting what the channel itself says first; empty if nothing
     */
    public List<CallEffect> begin(String greeting, Instant now) {
        var effects = new ArrayList<CallEffect>();
        effects.add(new CallEffect.Announce(new CallEvent.Started(setup.callSid(), now, setup.direction())));
        if (!greeting.isBlank()) {
            conversation.say(conversation.answer(now), greeting);
            playback.sent(greeting, now);
        }
        settle(now, effects);
        return effects;
    }

    /** Something happened; nothing does any more once the call is over. */
    public List<CallEffect> handle(CallInput input, Instant now) {
        var effects = new ArrayList<CallEffect>();
        if (over) {
            return effects;
        }
        switch (input) {
            case CallProtocol.FromChannel message -> channel(message, now, effects);
            case CallProtocol.Command command -> command(command, now, effects);
            case CallInput.Model model -> answering.model(model, now, effects).ifPresent(this::endAfterwards);
            case CallInput.ToolReturned returned -> {
                answering.toolReturned(returned, now, effects);
                if (gate.canCheck() && !isClosing()) {
                    answering.check("", now, effects);
                }
            }
            case CallInput.Due due -> due(due.timer(), now, effects);
        }
        settle(now, effects);
        return effects;
    }

    /** The last input could not be handled: the turn is given up with an apology, the call goes on. */
    public List<CallEffect> recover(Instant now) {
        var effects = new ArrayList<CallEffect>();
        if (!over) {
            answering.giveUp(now, effects).ifPresent(this::endAfterwards);
            settle(now, effects);
        }
        return effects;
    }

    /** What a model would be asked with now. */
    public List<ChatMessage> history() {
        return conversation.messages();
    }

    private void channel(CallProtocol.FromChannel message, Instant now, List<CallEffect> effects) {
        switch (message) {
            case CallProtocol.Setup again -> {}
            case CallProtocol.Prompt prompt -> prompted(prompt, now, effects);
            case CallProtocol.Interrupt interrupt -> interrupted(interrupt, now, effects);
            case CallProtocol.Dtmf key -> keyed(key.digit(), now, effects);
            case CallProtocol.Info info -> informed(info, now);
            case CallProtocol.Fault fault -> {}
            case CallProtocol.ChannelLost lost -> close("channel-lost", now, effects);
        }
    }

    private void prompted(CallProtocol.Prompt prompt, Instant now, List<CallEffect> effects) {
        silence.reset(now, effects);
        if (prompt.last()) {
            callerSpeaking = false;
        }
        if (!prompt.last() || prompt.text().isBlank() || isClosing()) {
            return;
        }
        answer(intake.words(prompt.text().strip(), effects), now, effects);
    }

    private void answer(String input, Instant now, List<CallEffect> effects) {
        ending = null;
        if (gate.canCheck()) {
            answering.check(input, now, effects);
        } else {
            answering.answer(input, now, effects);
        }
    }

    private void keyed(String key, Instant now, List<CallEffect> effects) {
        silence.reset(now, effects);
        intake.key(key, effects).ifPresent(keys -> allKeyed(keys, now, effects));
    }

    private void allKeyed(String keys, Instant now, List<CallEffect> effects) {
        if (!isClosing()) {
            answer(keys, now, effects);
        }
    }

    private void interrupted(CallProtocol.Interrupt interrupt, Instant now, List<CallEffect> effects) {
        silence.reset(now, effects);
        if (!isClosing()) {
            ending = null;
        }
        answering.abandon(Outcome.INTERRUPTED, now, effects);
        conversation.heardOnly(interrupt.heard());
        playback.purged(now);
    }

    private void informed(CallProtocol.Info info, Instant now) {
        switch (info.name()) {
            case "agentSpeaking" -> playback.speaking("on".equals(info.value()), now);
            case "tokensPlayed" -> playback.played(info.value());
            case "clientSpeaking" -> callerSpeaking = "on".equals(info.value());
            default -> {}
        }
    }

    private void command(CallProtocol.Command command, Instant now, List<CallEffect> effects) {
        switch (command) {
            case CallProtocol.Say say -> {
                answering.abandon(Outcome.SUPERSEDED, now, effects);
                voice.announce(say.text(), now, effects);
            }
            case CallProtocol.Note note -> conversation.note(note.text());
            case CallProtocol.TicketFiled filed -> {
                gate.learn(new ToolOutcome.Concerns(filed.ticket()), now);
                conversation.note("The ticket that was kept back has now been filed. Its number is "
                        + filed.ticket().number() + ". Tell the caller when it fits.");
            }
            case CallProtocol.Brief brief -> {
                if (!isClosing()) {
                    answering.brief(brief.text(), now, effects);
                }
            }
            case CallProtocol.Reassign other -> {
                agent.become(other.context(), other.manifest());
                conversation.instruct(agent.instructions());
            }
            case CallProtocol.HangUp hangUp -> {
                answering.abandon(Outcome.SUPERSEDED, now, effects);
                voice.announce(hangUp.words(), now, effects);
                ending = new Ending(hangUp.handoff(), false);
            }
        }
    }

    private void due(CallTimer timer, Instant now, List<CallEffect> effects) {
        switch (timer) {
            case SILENCE -> ticked(now, effects);
            case FILLER -> answering.fill(now, effects);
            case WATCHDOG -> answering.watch(now, effects).ifPresent(this::endAfterwards);
            case SPEECH -> speechTimer = null;
            case KEYPAD -> intake.keys(effects).ifPresent(keys -> allKeyed(keys, now, effects));
        }
    }

    private void ticked(Instant now, List<CallEffect> effects) {
        if (!silence.isRunning()) {
            return;
        }
        switch (silence.tick(now)) {
            case SilenceClock.Wait wait -> {}
            case SilenceClock.Remind remind -> voice.announce(remind.message(), now, effects);
            case SilenceClock.GiveUp giveUp -> {
                voice.announce(giveUp.farewell(), now, effects);
                ending = new Ending(new Handoff(Handoff.UNRESPONSIVE, "The caller was not speaking"), true);
            }
        }
    }

    private void endAfterwards(Handoff handoff) {
        ending = new Ending(handoff, true);
    }

    private boolean isClosing() {
        return ending != null && !ending.revocable();
    }

    /** After each input: ends the call if its last words are spoken, and runs the clocks that the new state needs. */
    private void settle(Instant now, List<CallEffect> effects) {
        if (over) {
            return;
        }
        boolean quiet = answering.isIdle() && playback.isDone(now);
        if (quiet) {
            conversation.heardAll();
            if (ending != null) {
                effects.add(new CallEffect.Send(new CallProtocol.End(ending.handoff())));
                close(ending.handoff().reasonCode(), now, effects);
                return;
            }
        }
        runSilenceClock(quiet && !callerSpeaking && !intake.isCollecting(), now, effects);
        runSpeechTimer(now, effects);
    }

    private void runSilenceClock(boolean callersTurn, Instant now, List<CallEffect> effects) {
        if (!playback.isDone(now)) {
            silence.restart();
        }
        if (callersTurn && silence.isEnabled() && !voice.isMuted()) {
            silence.run(now, effects);
        } else {
            silence.pause(now, effects);
        }
    }

    /** Between turns somebody has to notice the end of speech, also if no report of it comes. */
    private void runSpeechTimer(Instant now, List<CallEffect> effects) {
        if (!answering.isIdle() || playback.isDone(now)) {
            return;
        }
        var deadline = playback.deadline();
        if (!deadline.equals(speechTimer)) {
            speechTimer = deadline;
            effects.add(new CallEffect.Arm(CallTimer.SPEECH, Duration.between(now, deadline)));
        }
    }

    private void close(String reason, Instant now, List<CallEffect> effects) {
        answering.stop(effects);
        over = true;
        if (medium == Medium.VOICE) {
            effects.add(new CallEffect.File(record(reason, now)));
        }
        effects.add(new CallEffect.Announce(new CallEvent.Ended(setup.callSid(), now, reason)));
        effects.add(new CallEffect.Close(reason));
    }

    private CallRecord record(String reason, Instant now) {
        var standing = gate.standing();
        return new CallRecord(
                setup.callSid(),
                setup.direction().startsWith("outbound") ? "outbound" : "inbound",
                began,
                now,
                reason,
                standing.grant() == null ? null : standing.grant().customer(),
                ending == null ? "" : ending.handoff().summary(),
                conversation.transcript(),
                standing.tickets().stream().map(Standing.Concern::sysId).toList());
    }
}
