package dev.callbus.llm.dialog;

/** Stubs of the help desk's tools, which answer as the real ones do. */
final class Desk {
    static final String KNOWN = """
            {"success":true,"message":"A caller known to us. Not verified yet.","known":true,"verified":false,
            "customer":{"firstName":"Dana"},"hasOpenTickets":true,
            "verificationNumbers":[{"choice":1,"kind":"mobile","ending":"42"}]}""";
    static final String KNOWN_WITH_TWO_PHONES = """
            {"success":true,"message":"A caller known to us. Not verified yet.","known":true,"verified":false,
            "customer":{"firstName":"Dana"},"hasOpenTickets":true,"verificationNumbers":[
            {"choice":1,"kind":"mobile","ending":"42"},{"choice":2,"kind":"business","ending":"17"}]}""";
    static final String UNKNOWN =
            "{\"success\":true,\"message\":\"No customer found with the number of this call.\",\"known\":false}";
    static final String CLAIMED =
            "{\"success\":true,\"message\":\"Whether there is such a customer can't be told\",\"verified\":false}";
    static final String SENT = """
            {"success":true,"message":"Verification code sent successfully via sms","recipient":"mobile ending in 42",
            "channel":"sms","status":"pending","next":"Ask the caller to key the code in; it is checked by itself."}""";
    static final String RIGHT =
            "{\"success\":true,\"message\":\"Verification successful\",\"verified\":true,\"status\":\"approved\"}";
    static final String WRONG = """
            {"success":false,"message":"Verification failed - invalid code","verified":false,"status":"pending",
            "attemptsLeft":4}""";
    static final String EXPIRED = """
            {"success":false,"message":"Verification check failed: the code is no longer good (expired). Offer to send a new one.",
            "verified":false,"status":"expired"}""";
    static final String CREATED = """
            {"success":true,"message":"Successfully created ticket INC0010012","ticket":{"number":"INC0010012",
            "short_description":"My laptop doesn't start","state":"New"},"ticketNumber":"INC0010012"}""";
    static final String QUEUED = """
            {"success":false,"message":"The ticket is not in the ticket system yet: it can't be reached. It is kept and will be \
            filed by itself. It has no number yet.","queued":true}""";
    static final String READ = """
            {"success":true,"message":"Successfully retrieved ticket INC0010012","ticket":{"number":"INC0010012",
            "short_description":"My laptop doesn't start","state":"In Progress","assigned_to":"Ravi Chopra"},
            "ticketNumber":"INC0010012"}""";
    static final String LISTED = """
            {"success":true,"message":"Successfully listed the tickets","tickets":[
            {"number":"INC0010012","short_description":"My laptop doesn't start","state":"New","opened_at":"2026-05-21 12:12:49"},
            {"number":"INC0010003","short_description":"Email trouble","state":"On Hold","opened_at":"2026-05-20 09:57:06"}],
            "ticketCount":2}""";
    static final String UPDATED = """
            {"success":true,"message":"Successfully updated ticket INC0010012","ticketNumber":"INC0010012",
            "updatedFields":["work_notes"]}""";
    static final String NOT_FOUND = """
            {"success":false,"message":"Ticket INC0010150 not found in ServiceNow","ticketNumber":"INC0010150"}""";
    static final String DONE = "{\"success\":true,\"message\":\"done\"}";
    static final String FAILED = "{\"success\":false,\"message\":\"It can't be reached\"}";

    private Desk() {}

    /** A conversation of the help desk with a caller who isn't verified yet: the protected tools come with the proof. */
    static Chat unverified() {
        return new Chat("help-desk")
                .tool("lookup-customer", KNOWN)
                .tool("send-verification", SENT)
                .tool("check-verification", RIGHT)
                .tool("end-call", DONE)
                .tool("live-agent-handoff", DONE)
                .tool("send-sms", DONE)
                .tool(
                        "switch-language",
                        call -> "{\"success\":true,\"message\":\"Language switched successfully\","
                                + call.arguments().substring(1))
                .tool("change-context", DONE);
    }

    /** The tools that a proof of who calls brings. */
    static Chat admitted(Chat chat) {
        return chat.tool("create-servicenow-ticket", CREATED)
                .tool("get-servicenow-ticket", call -> call.arguments().contains("0150") ? NOT_FOUND : READ)
                .tool("list-my-tickets", LISTED)
                .tool("update-servicenow-ticket", UPDATED);
    }

    /** A conversation in which the caller has just been verified. */
    static Chat verified() {
        var chat = unverified();
        chat.caller("Which tickets do I have?");
        chat.caller("Yes please");
        admitted(chat);
        chat.keysCode(RIGHT);
        return chat;
    }
}
