package dev.callbus.twilio;

import static dev.callbus.twilio.SdkAnswer.instant;
import static dev.callbus.twilio.SdkAnswer.pathPiece;
import static dev.callbus.twilio.SdkAnswer.read;
import static dev.callbus.twilio.SdkAnswer.text;
import static dev.callbus.twilio.SdkAnswer.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.twilio.base.Page;
import com.twilio.base.Reader;
import com.twilio.base.Resource;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.sync.v1.service.Document;
import com.twilio.rest.sync.v1.service.SyncMap;
import com.twilio.rest.sync.v1.service.syncmap.SyncMapItem;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Twilio Sync through twilio-java. */
final class SdkSync implements SyncRest {
    private static final long PAGE = 100;

    private final TwilioRestClient client;

    SdkSync(TwilioRestClient client) {
        this.client = client;
    }

    @Override
    public List<Service> services() {
        var reader = com.twilio.rest.sync.v1.Service.reader().setPageSize(PAGE);
        return read(() -> all(reader, reader.firstPage(client)).stream()
                .map(SdkSync::service)
                .toList());
    }

    @Override
    public Service createService(String friendlyName) {
        var creator = com.twilio.rest.sync.v1.Service.creator().setFriendlyName(friendlyName);
        return write(() -> service(creator.create(client)));
    }

    @Override
    public boolean hasMap(String service, String map) {
        var fetcher = SyncMap.fetcher(pathPiece(service), pathPiece(map));
        return exists(() -> fetcher.fetch(client));
    }

    @Override
    public void createMap(String service, String map) {
        var creator = SyncMap.creator(pathPiece(service)).setUniqueName(map);
        write(() -> creator.create(client));
    }

    @Override
    public boolean hasDocument(String service, String document) {
        var fetcher = Document.fetcher(pathPiece(service), pathPiece(document));
        return exists(() -> fetcher.fetch(client));
    }

    @Override
    public void createDocument(String service, String document) {
        var creator =
                Document.creator(pathPiece(service)).setUniqueName(document).setData("{}");
        write(() -> creator.create(client));
    }

    @Override
    public List<TwilioProtocol.SyncItem> items(String service, String map) {
        var reader = SyncMapItem.reader(pathPiece(service), pathPiece(map)).setPageSize(PAGE);
        return read(() -> all(reader, reader.firstPage(client)).stream()
                .map(SdkSync::item)
                .toList());
    }

    @Override
    public TwilioProtocol.SyncItem createItem(String service, String map, String key, String data) {
        var creator = SyncMapItem.creator(pathPiece(service), pathPiece(map), pathPiece(key), object(data));
        return write(() -> item(creator.create(client)));
    }

    @Override
    public TwilioProtocol.SyncItem updateItem(String service, String map, String key, String data, String revision) {
        var updater = SyncMapItem.updater(pathPiece(service), pathPiece(map), pathPiece(key))
                .setData(object(data))
                .setIfMatch(revision);
        return write(() -> item(updater.update(client)));
    }

    @Override
    public void deleteItem(String service, String map, String key, String revision) {
        var deleter = SyncMapItem.deleter(pathPiece(service), pathPiece(map), pathPiece(key))
                .setIfMatch(revision);
        write(() -> deleter.delete(client));
    }

    @Override
    public TwilioProtocol.SyncItem document(String service, String document) {
        var fetcher = Document.fetcher(pathPiece(service), pathPiece(document));
        return read(() -> item(document, fetcher.fetch(client)));
    }

    @Override
    public TwilioProtocol.SyncItem updateDocument(String service, String document, String data, String revision) {
        var updater = Document.updater(pathPiece(service), pathPiece(document))
                .setData(object(data))
                .setIfMatch(revision);
        return write(() -> item(document, updater.update(client)));
    }

    /** All records; twilio-java's own iteration ends at an empty page, though more may follow. */
    private <T extends Resource> List<T> all(Reader<T> reader, Page<T> first) {
        var records = new ArrayList<T>(first.getRecords());
        for (var page = first; page.hasNextPage(); ) {
            page = reader.nextPage(page, client);
            records.addAll(page.getRecords());
        }
        return records;
    }

    private static boolean exists(Supplier<?> fetch) {
        try {
            read(fetch);
            return true;
        } catch (RestFailure e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private static Service service(com.twilio.rest.sync.v1.Service service) {
        var created = instant(service.getDateCreated());
        return new Service(
                text(service.getSid()),
                Objects.toString(service.getFriendlyName(), ""),
                created == null ? Instant.MAX : created);
    }

    private static TwilioProtocol.SyncItem item(SyncMapItem item) {
        return item(text(item.getKey()), item.getData(), item.getRevision(), item.getDateUpdated());
    }

    private static TwilioProtocol.SyncItem item(String document, Document item) {
        return item(document, item.getData(), item.getRevision(), item.getDateUpdated());
    }

    private static TwilioProtocol.SyncItem item(
            String key, @Nullable Object data, String revision, @Nullable ZonedDateTime updated) {
        try {
            return new TwilioProtocol.SyncItem(
                    key,
                    RestAccess.JSON.writeValueAsString(data == null ? Map.of() : data),
                    text(revision),
                    Objects.toString(instant(updated), ""));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("data that was read can't be written", e);
        }
    }

    /** The JSON text itself, which is what Sync keeps; only objects are allowed. */
    private static String object(String data) {
        try {
            if (RestAccess.JSON.readTree(data).isObject()) {
                return data;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the data is no JSON", e);
        }
        throw new IllegalArgumentException("the data is no JSON object");
    }
}
