package dev.callbus.sandbox.servicenow.platform;

import org.jspecify.annotations.Nullable;

/** ServiceNow's refusal of a request: its HTTP status, and the two texts of the error body. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String text;
    private final @Nullable String detail;

    public Refusal(int status, String text, @Nullable String detail) {
        super(detail == null ? text : text + ": " + detail, null, false, false);
        this.status = status;
        this.text = text;
        this.detail = detail;
    }

    /** There is no such record, or the user may not see it: both look the same. */
    public static Refusal noRecord() {
        return new Refusal(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
    }

    /** The user may not do this to this record. */
    static Refusal security(Operation operation) {
        return new Refusal(
                403, "Operation Failed", "ACL Exception " + operation.title() + " Failed due to security constraints");
    }

    public int status() {
        return status;
    }

    /** The body's {@code error.message}. */
    public String text() {
        return text;
    }

    /** The body's {@code error.detail}. */
    public @Nullable String detail() {
        return detail;
    }
}
