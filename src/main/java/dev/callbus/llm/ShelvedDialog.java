package dev.callbus.llm;

import dev.callbus.llm.dialog.DialogModel;
import dev.callbus.llm.dialog.DialogShelf;
import io.vertx.core.Future;

/** The rule-based dialog by the flows that are in force when it is asked. */
final class ShelvedDialog implements LanguageModel {
    private final DialogShelf shelf;

    ShelvedDialog(DialogShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public String provider() {
        return DialogModel.PROVIDER;
    }

    @Override
    public String model() {
        return shelf.model().model();
    }

    @Override
    public String nameFor(LlmProtocol.Generate request) {
        return shelf.model().nameFor(request);
    }

    @Override
    public Answer stream(LlmProtocol.Generate request, Sink sink) {
        return shelf.model().stream(request, sink);
    }

    @Override
    public Future<Void> warm() {
        return Future.succeededFuture();
    }
}
