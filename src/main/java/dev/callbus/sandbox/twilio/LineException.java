package dev.callbus.sandbox.twilio;

/** Why Twilio gives up on a call, with the code that its debugger would show. Source: twilio.com/docs/api/errors. */
final class LineException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A URL that is none. */
    static final int BAD_URL = 11100;
    /** A webhook that answered an error. */
    static final int HTTP_ERROR = 11200;
    /** A webhook that could not be reached, or took too long. */
    static final int NO_CONNECTION = 11205;
    /** The document is not XML. */
    static final int NOT_XML = 12100;
    /** An element, attribute or value that the schema doesn't have. */
    static final int NOT_IN_SCHEMA = 12200;
    /** An answer that is not called XML. */
    static final int BAD_CONTENT_TYPE = 12300;
    /** A ConversationRelay attribute that can't be. */
    static final int BAD_RELAY = 64101;
    /** The WebSocket could not be opened. */
    static final int NO_SOCKET = 64102;
    /** The WebSocket broke. */
    static final int SOCKET_LOST = 64105;
    /** A frame from the server that breaks the rules. */
    static final int BAD_FRAME = 64107;

    private final int code;

    LineException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
