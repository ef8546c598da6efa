package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A JSON object of its own. Source: twilio.com/docs/sync/api/document-resource */
record SyncDocument(String sid, @Nullable String uniqueName, SyncLife life, JsonObject data) implements SyncObject {}
