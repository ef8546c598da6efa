package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;

/** The requests about documents. Source: twilio.com/docs/sync/api/document-resource */
final class SyncDocuments {
    private static final int MISMATCH = 54103;

    void mount(SyncRoutes routes) {
        routes.get("/:service/Documents", this::list);
        routes.post("/:service/Documents", this::create);
        routes.get("/:service/Documents/:document", this::fetch);
        routes.post("/:service/Documents/:document", this::update);
        routes.delete("/:service/Documents/:document", this::delete);
    }

    private void list(SyncRequest request) {
        var service = request.service();
        request.limits().read("documents-" + service.sid());
        request.replyPage(
                "documents",
                service.documents().all(request.now()),
                SyncDocument::place,
                Comparator.naturalOrder(),
                document -> request.json().document(service, document));
    }

    private void create(SyncRequest request) {
        var service = request.service();
        var form = request.form();
        request.limits().write("documents-" + service.sid());
        var data = SyncData.of(form);
        var life = SyncLife.begin(request.now(), SyncTtl.of(form, "Ttl"));
        var name = service.documents().nameOfNew(form, request.now());
        var document = new SyncDocument(Sid.create("ET"), name, life, data == null ? new JsonObject() : data);
        service.documents().put(document);
        reply(request, 201, document);
    }

    private void fetch(SyncRequest request) {
        var document = find(request);
        request.limits().read("document-" + document.sid());
        reply(request, 200, document);
    }

    private void update(SyncRequest request) {
        var document = findToWrite(request);
        var data = SyncData.of(request.form());
        var ttl = SyncTtl.of(request.form(), "Ttl");
        request.demandOneOf(data, ttl);
        request.expect(document.life(), MISMATCH, "Document");
        var changed = new SyncDocument(
                document.sid(),
                document.uniqueName(),
                document.life().change(request.now(), ttl),
                data == null ? document.data() : data);
        request.service().documents().put(changed);
        reply(request, 200, changed);
    }

    private void delete(SyncRequest request) {
        var document = findToWrite(request);
        request.expect(document.life(), MISMATCH, "Document");
        request.service().documents().remove(document);
        request.replyDeleted();
    }

    private static SyncDocument find(SyncRequest request) {
        return request.service()
                .documents()
                .find(request.part("document"), request.now())
                .orElseThrow(request::notFound);
    }

    private static SyncDocument findToWrite(SyncRequest request) {
        var document = find(request);
        request.limits().write("document-" + document.sid());
        return document;
    }

    private static void reply(SyncRequest request, int status, SyncDocument document) {
        request.reply(status, document.life(), request.json().document(request.service(), document));
    }
}
