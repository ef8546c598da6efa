package dev.callbus.sandbox.twilio.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A container of documents and maps. Source: twilio.com/docs/sync/api/service
 *
 * @param uniqueName {@code default} for the account's default service, of others null
 */
record SyncService(
        String sid,
        @Nullable String uniqueName,
        Settings settings,
        Instant created,
        SyncShelf<SyncDocument> documents,
        SyncShelf<SyncMap> maps) {

    /** An empty one. */
    static SyncService create(@Nullable String uniqueName, Settings settings, Instant now) {
        return new SyncService(Sid.create("IS"), uniqueName, settings, now, new SyncShelf<>(), new SyncShelf<>());
    }

    /** What a client may choose of a service; the sandbox keeps it and acts on none of it. */
    record Settings(
            @Nullable String friendlyName,
            @Nullable String webhookUrl,
            boolean webhooksFromRest,
            boolean reachabilityWebhooks,
            boolean acl,
            boolean debouncing,
            int debouncingWindow) {

        /** The choices in a form. */
        static Settings of(Form form) {
            return new Settings(
                    form.text("FriendlyName"),
                    form.text("WebhookUrl"),
                    form.flag("WebhooksFromRestEnabled", false),
                    form.flag("ReachabilityWebhooksEnabled", false),
                    form.flag("AclEnabled", false),
                    form.flag("ReachabilityDebouncingEnabled", false),
                    form.count("ReachabilityDebouncingWindow", 5000, 1000, 30_000));
        }

        /** Those of the service that every account has. */
        static Settings ofDefault() {
            return new Settings("Default Service", null, false, false, false, false, 5000);
        }
    }
}
