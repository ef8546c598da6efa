package dev.callbus.llm.dialog;

import dev.callbus.llm.ChatMessage;
import dev.callbus.llm.LanguageModel;
import dev.callbus.llm.LlmProtocol;
import dev.callbus.llm.ModelEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A language model that holds conversations by rule. It needs no key and no network, and answers every request at once. */
public final class DialogModel implements LanguageModel {
    /** The provider's name. */
    public static final String PROVIDER = "dialog";

    private static final Logger log = LoggerFactory.getLogger(DialogModel.class);
    /** Characters; nobody says as much in one breath. */
    private static final int LONGEST = 1500;

    private static final String APOLOGY = "I'm sorry, something went wrong here. Could you say that again, please?";

    private final DialogBook book;
    private final String standard;
    private final Ears ears;
    private final Consumer<DialogReply> listener;
    private final Map<String, Dialog> dialogs = new ConcurrentHashMap<>();

    /** A model that follows this flow unless a conversation names another one; an unknown name is an {@link IllegalArgumentException}. */
    public DialogModel(DialogBook book, String flow) {
        this(book, flow, reply -> {});
    }

    /** The same, where somebody hears each answer before it is given. */
    DialogModel(DialogBook book, String flow, Consumer<DialogReply> listener) {
        this.book = book;
        this.listener = listener;
        this.standard = book.flow(flow).name();
        this.ears = new Ears(book.understanding());
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public String model() {
        return standard;
    }

    @Override
    public String nameFor(LlmProtocol.Generate request) {
        return PROVIDER + ":" + flow(request);
    }

    private String flow(LlmProtocol.Generate request) {
        var wanted = request.model().modelOr(standard);
        return book.names().contains(wanted) ? wanted : standard;
    }

    /** What callers may choose by its words in any menu of its flow, to be hinted to the transcription. */
    public Set<String> hints() {
        return book.hints(standard);
    }

    /** The answer with its options, for whoever can show them. */
    public DialogReply reply(LlmProtocol.Generate request) {
        var reply = decide(request);
        listener.accept(reply);
        return reply;
    }

    private DialogReply decide(LlmProtocol.Generate request) {
        var summary = TranscriptSummary.of(request.messages());
        if (summary != null) {
            return new DialogReply(List.of(summary), List.of(), summary, List.of(), null);
        }
        try {
            return dialogs.computeIfAbsent(flow(request), name -> new Dialog(book.flow(name), ears))
                    .reply(heard(request.messages()), request.tools());
        } catch (RuntimeException | StackOverflowError e) {
            // A conversation must go on whatever a flow file makes of its history.
            log.warn("dialog failed [call: {}, flow: {}]", request.callSid(), flow(request), e);
            return new DialogReply(List.of(APOLOGY), List.of(), APOLOGY, List.of(), null);
        }
    }

    /** What callers said in one go, as far as anybody listens: the patterns of flows take time and stack for each character. */
    private static List<ChatMessage> heard(List<ChatMessage> messages) {
        return messages.stream()
                .map(message -> message instanceof ChatMessage.Caller(var text) && text.length() > LONGEST
                        ? new ChatMessage.Caller(text.substring(0, LONGEST))
                        : message)
                .toList();
    }

    @Override
    public Answer stream(LlmProtocol.Generate request, Sink sink) {
        var answer = new Given();
        var reply = reply(request);
        if (!reply.spoken().isBlank()) {
            answer.emit(sink, new ModelEvent.Delta(reply.spoken()));
        }
        if (!reply.calls().isEmpty()) {
            answer.emit(sink, new ModelEvent.ToolCalls(reply.calls(), null));
        }
        answer.emit(sink, new ModelEvent.Finished(nameFor(request), ModelEvent.Usage.UNKNOWN));
        return answer;
    }

    @Override
    public Future<Void> warm() {
        return Future.succeededFuture();
    }

    /** An answer that has been given. */
    private static final class Given implements Answer {
        private boolean cancelled;

        void emit(Sink sink, ModelEvent event) {
            if (!cancelled) {
                sink.event(event);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }
}
