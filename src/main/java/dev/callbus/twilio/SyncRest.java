package dev.callbus.twilio;

import java.time.Instant;
import java.util.List;

/**
 * The requests that Twilio Sync is sent; each blocks until it is answered and throws {@link RestFailure}. Maps and documents go by
 * their unique names.
 *
 * <p>Source: twilio.com/docs/sync/api
 */
interface SyncRest {

    /** All services of the account. */
    List<Service> services();

    Service createService(String friendlyName);

    boolean hasMap(String service, String map);

    void createMap(String service, String map);

    boolean hasDocument(String service, String document);

    /** Creates a document that holds an empty object. */
    void createDocument(String service, String document);

    /** All items of a map, of all pages. */
    List<TwilioProtocol.SyncItem> items(String service, String map);

    /** Creates an item; refused with 409 if there is one. */
    TwilioProtocol.SyncItem createItem(String service, String map, String key, String data);

    /** Changes an item; refused with 412 if it has another revision. */
    TwilioProtocol.SyncItem updateItem(String service, String map, String key, String data, String revision);

    /** Deletes an item; refused with 412 if it has another revision. */
    void deleteItem(String service, String map, String key, String revision);

    TwilioProtocol.SyncItem document(String service, String document);

    /** Changes a document; refused with 412 if it has another revision. */
    TwilioProtocol.SyncItem updateDocument(String service, String document, String data, String revision);

    /** A Sync service. */
    record Service(String sid, String friendlyName, Instant created) {}
}
