package dev.callbus.call;

import dev.callbus.tool.ToolOutcome;
import java.time.Instant;
import java.util.List;

/**
 * What tools make a call do by itself. Keys, media and languages go to the channel at once, so that they are there before
 * the answer that follows; an end waits for that answer.
 */
final class ToolActions {
    private final Agent agent;
    private final Conversation conversation;
    private final Voice voice;
    private final SilenceClock silence;

    ToolActions(Agent agent, Conversation conversation, Voice voice, SilenceClock silence) {
        this.agent = agent;
        this.conversation = conversation;
        this.voice = voice;
        this.silence = silence;
    }

    /** Does it, on behalf of this turn. */
    void carryOut(ToolOutcome.Deed action, Turn turn, Instant now, List<CallEffect> effects) {
        switch (action) {
            case ToolOutcome.EndCall end ->
                turn.endAfterwards(new Handoff(end.reasonCode(), end.reason(), end.details()));
            case ToolOutcome.SendDigits keys -> send(new CallProtocol.SendDigits(keys.digits()), effects);
            case ToolOutcome.PlayMedia media ->
                send(
                        new CallProtocol.Play(media.source(), media.loop(), media.preemptible(), media.interruptible()),
                        effects);
            case ToolOutcome.SwitchLanguage language -> switchLanguage(language, effects);
            case ToolOutcome.ListenMode listen -> voice.mute(listen.enabled());
            case ToolOutcome.SilenceDetection detection -> silence.enable(detection.enabled(), now);
            case ToolOutcome.ChangeContext change -> {
                agent.become(change.context(), null);
                conversation.instruct(agent.instructions());
                conversation.note("Context handoff summary: " + change.summary());
            }
        }
    }

    private void switchLanguage(ToolOutcome.SwitchLanguage language, List<CallEffect> effects) {
        send(new CallProtocol.Language(language.tts(), language.transcription()), effects);
        if (language.tts() != null) {
            agent.speaks(language.tts());
            conversation.instruct(agent.instructions());
        }
    }

    private static void send(CallProtocol.ToChannel frame, List<CallEffect> effects) {
        effects.add(new CallEffect.Send(frame));
    }
}
