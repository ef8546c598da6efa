package dev.callbus.sandbox.twilio;

import java.net.URI;

/**
 * The way from a server's public address to the loopback port where it listens, as ngrok would be: the phone network speaks
 * of {@code https://} and {@code wss://} at the public host and signs so, the bytes go to this machine in clear. No other
 * host is ever connected to.
 *
 * @param publicUrl {@code https://host[:port]}
 * @param host a loopback address
 */
public record Tunnel(URI publicUrl, String host, int port) {

    /** A tunnel; throws {@link IllegalArgumentException} if its end is not on this machine. */
    public Tunnel {
        if (publicUrl.getHost() == null) {
            throw new IllegalArgumentException("a tunnel needs a public URL with a host, not " + publicUrl);
        }
        if (!host.equals("localhost") && !host.equals("::1") && !host.matches("127(\\.\\d{1,3}){3}")) {
            throw new IllegalArgumentException("a tunnel ends at a loopback address, not at " + host);
        }
    }

    /** Whether this URL is on the public host. */
    public boolean leadsTo(URI url) {
        return publicUrl.getHost().equalsIgnoreCase(url.getHost()) && portOf(publicUrl) == portOf(url);
    }

    /** The absolute URL of a path at the server. */
    public URI at(String path) {
        return URI.create(publicUrl.toString().replaceFirst("/$", "") + path);
    }

    private static int portOf(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "http".equals(url.getScheme()) || "ws".equals(url.getScheme()) ? 80 : 443;
    }
}
