package dev.callbus.servicenow;

/** Something that is to be in ServiceNow and is kept until it is. */
sealed interface Intent {

    /** Its name, the same for the same thing: letters, digits and dashes. */
    String id();

    String callSid();

    /**
     * An incident to be made.
     *
     * @param key its correlation_id, by which it is found again
     * @param customer sys_id of its caller
     */
    record NewIncident(String callSid, String key, String customer, NewTicket ticket) implements Intent {
        @Override
        public String id() {
            return "ticket-" + Fingerprint.of(24, key, customer);
        }
    }

    /** A call to be recorded. */
    record EndedCall(CallRecord call) implements Intent {
        @Override
        public String id() {
            return "call-" + Fingerprint.of(24, call.callSid());
        }

        @Override
        public String callSid() {
            return call.callSid();
        }
    }
}
