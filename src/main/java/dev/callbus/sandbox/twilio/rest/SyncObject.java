package dev.callbus.sandbox.twilio.rest;

import org.jspecify.annotations.Nullable;

/** What a service keeps under a SID and, perhaps, a unique name. */
interface SyncObject {
    String sid();

    @Nullable
    String uniqueName();

    SyncLife life();

    /** Its place among its kind. */
    default String place() {
        return SyncLife.place(life().created(), sid());
    }
}
