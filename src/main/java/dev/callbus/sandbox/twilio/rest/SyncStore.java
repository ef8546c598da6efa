package dev.callbus.sandbox.twilio.rest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Sync remembers of an account. It outlives the servers that show it, one after another or several at once; a server holds
 * its lock for the length of a request.
 */
public final class SyncStore {
    private static final String DEFAULT = "default";

    private final Map<String, SyncService> bySid = new LinkedHashMap<>();

    /** The account's services, in the order of their making; the default one exists from the first request. */
    List<SyncService> services(Instant now) {
        if (bySid.isEmpty()) {
            put(SyncService.create(DEFAULT, SyncService.Settings.ofDefault(), now));
        }
        return List.copyOf(bySid.values());
    }

    /** The service with this SID, or the default one if that is what it is called; a friendly name finds nothing. */
    Optional<SyncService> service(String sidOrDefault, Instant now) {
        return services(now).stream()
                .filter(one -> one.sid().equals(sidOrDefault) || sidOrDefault.equals(one.uniqueName()))
                .findFirst();
    }

    void put(SyncService service) {
        bySid.put(service.sid(), service);
    }
}
