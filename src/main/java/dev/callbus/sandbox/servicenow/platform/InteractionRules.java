package dev.callbus.sandbox.servicenow.platform;

/** A base system's business rules for interactions. */
final class InteractionRules {
    private InteractionRules() {}

    /** Completes a write. */
    static void apply(Change change) {
        var after = change.after();
        var now = Times.stored(change.session().now());
        if (change.before() == null) {
            after.setDefault("state", "new").setDefault("opened_at", now).setDefault("active", "true");
        }
        if (change.changes("state")) {
            var closed = after.get("state").startsWith("closed_");
            after.set("active", Boolean.toString(!closed)).set("closed_at", closed ? now : "");
        }
    }
}
