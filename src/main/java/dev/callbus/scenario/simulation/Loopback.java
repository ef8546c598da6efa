package dev.callbus.scenario.simulation;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ports of one simulation, which nobody else reaches. Used on the simulation's thread only. */
final class Loopback {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 65_535;

    private final Map<Integer, LoopbackServerChannel> listening = new HashMap<>();
    private int lastPort = FIRST_PORT - 1;

    /** Has this one listen at a port, 0 for any free one; returns where. */
    InetSocketAddress bind(LoopbackServerChannel server, InetSocketAddress wanted) throws BindException {
        int port = wanted.getPort() == 0 ? freePort() : wanted.getPort();
        if (listening.putIfAbsent(port, server) != null) {
            throw new BindException("Address already in use: " + wanted);
        }
        return new InetSocketAddress(HOST, port);
    }

    /** Frees a port. */
    void unbind(InetSocketAddress address) {
        listening.remove(address.getPort());
    }

    /** Who listens there. */
    LoopbackServerChannel listener(InetSocketAddress address) throws ConnectException {
        var inet = address.getAddress();
        @Nullable
        LoopbackServerChannel server =
                inet != null && inet.isLoopbackAddress() ? listening.get(address.getPort()) : null;
        if (server == null) {
            throw new ConnectException("Connection refused: " + address);
        }
        return server;
    }

    /** An address for one who connects. */
    InetSocketAddress ephemeral() {
        return new InetSocketAddress(HOST, freePort());
    }

    private int freePort() {
        do {
            lastPort = lastPort == LAST_PORT ? FIRST_PORT : lastPort + 1;
        } while (listening.containsKey(lastPort));
        return lastPort;
    }
}
