package dev.callbus.twilio;

import io.vertx.core.MultiMap;
import java.net.URI;

/** A request to Twilio as it goes over the wire. */
record RestRequest(String method, URI url, MultiMap headers, String body) {

    /** Says which, not with what: addresses and bodies have numbers, and headers the account's token. */
    @Override
    public String toString() {
        return "RestRequest[method=" + method + "]";
    }
}
