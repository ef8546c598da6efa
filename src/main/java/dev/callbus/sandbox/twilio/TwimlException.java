package dev.callbus.sandbox.twilio;

/** TwiML that Twilio wouldn't accept, with the code that its debugger would show. */
final class TwimlException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The document is not XML. */
    static final int NOT_XML = 12100;
    /** An element, attribute or value that the schema doesn't have. */
    static final int NOT_IN_SCHEMA = 12200;
    /** A ConversationRelay attribute that can't be. */
    static final int BAD_RELAY = 64101;

    private final int code;

    TwimlException(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
