package dev.callbus.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callbus.time.LoopTime;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OpenAI's Chat Completions API. */
final class ChatDialect implements Dialect {
    private static final Logger log = LoggerFactory.getLogger(ChatDialect.class);
    private static final String JSON = "application/json";

    @Override
    public ChatRequest read(JsonNode json) {
        return RequestReader.read(json);
    }

    @Override
    public void respond(ChatRequest chat, Cue cue, Answering answering) {
        var stamp = new Chunks.Stamp(Ids.next("chatcmpl-", 29), LoopTime.now().getEpochSecond(), chat.model());
        if (chat.options().stream()) {
            answering.play(StreamPlan.of(cue, chat, stamp));
            return;
        }
        switch (cue.fault()) {
            case Fault.Hang hang -> log.debug("request hangs [rule: {}]", cue.line());
            case Fault.Close close -> answering.close();
            case Fault.Garbage garbage ->
                answering.reply(200, JSON, "{\"choices\":[{\"mess", Duration.ZERO, 0, Outcome.FAILED);
            case Fault.Fail fail -> throw new IllegalStateException("an HTTP error has no completion");
            case null -> {
                int tokens = Math.min(Completion.tokens(cue), chat.maxTokens());
                Pace pace = cue.manner().pace();
                Duration after = pace.firstToken().plus(pace.token().multipliedBy(tokens));
                String body = Completion.of(cue, chat, stamp).toString();
                answering.reply(200, JSON, body, after, tokens, Outcome.COMPLETED);
            }
        }
    }
}
