package dev.callbus.bench;

import java.net.URI;

/**
 * The server under load: where it really is, and what Twilio would believe about it.
 *
 * @param port its port on 127.0.0.1
 * @param publicUrl its public base URL, over which requests are signed, such as {@code https://bench.example}
 * @param webhookPath the path of its voice webhook
 * @param accountSid the account that its calls belong to
 * @param authToken the account's auth token
 */
record LoadTarget(int port, String publicUrl, String webhookPath, String accountSid, String authToken) {

    /** The host name of the public URL, as a proxy in front of the server would pass it on. */
    String publicHost() {
        return URI.create(publicUrl).getAuthority();
    }
}
