package dev.callbus.sandbox.twilio.rest;

import io.vertx.core.json.JsonObject;

/** A JSON object in a map. Source: twilio.com/docs/sync/api/map-item-resource */
record SyncItem(String key, SyncLife life, JsonObject data) {}
