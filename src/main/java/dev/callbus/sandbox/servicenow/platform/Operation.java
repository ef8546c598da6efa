package dev.callbus.sandbox.servicenow.platform;

/** What is done to a record. */
public enum Operation {
    INSERT("Insert"),
    UPDATE("Update"),
    DELETE("Delete");

    private final String title;

    Operation(String title) {
        this.title = title;
    }

    /** As ServiceNow's refusals name it. */
    String title() {
        return title;
    }
}
