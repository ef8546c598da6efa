package dev.callbus.config;

import java.net.URI;
import java.time.Duration;

/**
 * The node's own HTTP server.
 *
 * @param publicUrl how the outside reaches it, {@code https://host[:port]} without a path; signatures are checked
 *     against it, because a proxy in between changes scheme, host and port
 * @param drainTimeout how long a node that ends waits for its calls to say goodbye
 * @param eventLoops threads that serve calls
 */
public record ServerSettings(String host, int port, URI publicUrl, Duration drainTimeout, int eventLoops) {

    /** The same at another port. */
    public ServerSettings at(int other) {
        return new ServerSettings(host, other, publicUrl, drainTimeout, eventLoops);
    }
}
