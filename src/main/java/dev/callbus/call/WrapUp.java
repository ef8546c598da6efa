package dev.callbus.call;

import dev.callbus.bus.BusException;
import dev.callbus.bus.StreamHandler;
import dev.callbus.bus.StreamInlet;
import dev.callbus.llm.LlmBus;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import dev.callbus.servicenow.CallRecord;
import dev.callbus.servicenow.ServiceNowBus;
import dev.callbus.servicenow.ServiceNowProtocol;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files the calls of a node once they are over. A call that ended without a summary, because the caller just hung up, gets
 * one from the model, or a plain one if that takes too long.
 */
public final class WrapUp extends VerticleBase implements StreamHandler<ModelEvent> {
    private static final Logger log = LoggerFactory.getLogger(WrapUp.class);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LONGEST = 1500;

    private final Duration patience;
    private final Map<Long, Draft> drafts = new HashMap<>();
    private @Nullable StreamInlet<LlmProtocol.Generate, ModelEvent> models;
    private long last;

    public WrapUp() {
        this(PATIENCE);
    }

    /** One that waits so long for a summary. */
    WrapUp(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Future<?> start() {
        return LlmBus.GENERATE
                .inlet(vertx, "call.wrapup." + deploymentID(), this)
                .compose(inlet -> {
                    models = inlet;
                    return CallBus.WRAP_UP.serve(vertx, wrapUp -> begin(inlet, wrapUp.call()));
                });
    }

    /** Files what is still being written as it is. */
    @Override
    public Future<?> stop() {
        List.copyOf(drafts.keySet()).forEach(this::giveUp);
        return Future.succeededFuture();
    }

    @Override
    public void item(long id, ModelEvent event) {
        var draft = drafts.get(id);
        if (draft == null) {
            return;
        }
        switch (event) {
            case ModelEvent.Delta delta -> draft.text.append(delta.text());
            case ModelEvent.ToolCalls calls -> {}
            case ModelEvent.Finished finished ->
                finish(id, draft.text.toString().strip());
            case ModelEvent.Failed failed -> giveUp(id);
        }
    }

    @Override
    public void ended(long id, @Nullable BusException cause) {
        giveUp(id);
    }

    private void begin(StreamInlet<LlmProtocol.Generate, ModelEvent> inlet, CallRecord call) {
        boolean spoken = call.transcript().stream().anyMatch(line -> line.speaker() == CallRecord.Speaker.CALLER);
        if (!call.summary().isBlank()) {
            file(call);
        } else if (!spoken) {
            file(call.withSummary(Summary.plain(call)));
        } else {
            long id = ++last;
            drafts.put(id, new Draft(call, vertx.setTimer(patience.toMillis(), late -> giveUp(id))));
            inlet.open(id, new LlmProtocol.Generate(call.callSid(), Summary.request(call), List.of()));
        }
    }

    private void giveUp(long id) {
        finish(id, "");
    }

    private void finish(long id, String text) {
        var draft = drafts.remove(id);
        if (draft == null) {
            return;
        }
        vertx.cancelTimer(draft.timer);
        if (models != null) {
            models.cancel(id);
        }
        var summary = text.isEmpty() ? Summary.plain(draft.call) : text.substring(0, Math.min(LONGEST, text.length()));
        file(draft.call.withSummary(summary));
    }

    private void file(CallRecord call) {
        ServiceNowBus.FILE_CALL
                .send(vertx, new ServiceNowProtocol.FileCall(call))
                .onFailure(
                        cause -> log.error("call not filed [call: {}, cause: {}]", call.callSid(), cause.getMessage()));
    }

    /** A summary that is being written. */
    private static final class Draft {
        private final CallRecord call;
        private final long timer;
        private final StringBuilder text = new StringBuilder();

        Draft(CallRecord call, long timer) {
            this.call = call;
            this.timer = timer;
        }
    }
}
