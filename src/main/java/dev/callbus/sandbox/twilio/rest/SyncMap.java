package dev.callbus.sandbox.twilio.rest;

import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Items by their keys. Source: twilio.com/docs/sync/api/map-resource
 *
 * @param items the same ones in all revisions of the map
 */
record SyncMap(String sid, @Nullable String uniqueName, SyncLife life, NavigableMap<String, SyncItem> items)
        implements SyncObject {

    /** The same after a change. */
    SyncMap with(SyncLife life) {
        return new SyncMap(sid, uniqueName, life, items);
    }
}
