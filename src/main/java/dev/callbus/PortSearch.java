package dev.callbus;

import dev.callbus.config.CallbusConfig;
import dev.callbus.llm.dialog.DialogException;
import java.net.BindException;
import java.util.concurrent.TimeoutException;

/** Starts a server whose port may be in use. */
final class PortSearch {
    private static final int LAST_PORT = 65_535;

    private PortSearch() {}

    /** At the configured port and nowhere else: at another one it would not be found, and a mistake would go unseen. */
    static RunningServer startHere(CallbusConfig config) throws TimeoutException, DialogException {
        try {
            return RunningServer.start(config);
        } catch (Exception e) { // a future throws whatever failed it, also what isn't declared
            if (!(e instanceof BindException)) {
                throw e;
            }
            throw new IllegalStateException(
                    "Port " + config.server().port() + " is in use: stop what runs there, set PORT to another one,"
                            + " or take the next free one with --dev.",
                    e);
        }
    }

    /** At the configured port, or else at the next one that is free. */
    static RunningServer start(CallbusConfig config) throws TimeoutException, DialogException {
        var tried = config;
        while (true) {
            int port = tried.server().port();
            try {
                return RunningServer.start(tried);
            } catch (Exception e) { // a future throws whatever failed it, also what isn't declared
                if (!(e instanceof BindException) || port == LAST_PORT) {
                    throw e;
                }
                System.out.println("Port " + port + " is in use, trying " + (port + 1));
                tried = tried.withServer(tried.server().at(port + 1));
            }
        }
    }
}
