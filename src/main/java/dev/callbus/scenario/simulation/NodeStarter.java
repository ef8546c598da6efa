package dev.callbus.scenario.simulation;

import dev.callbus.asset.AssetSource;
import dev.callbus.config.CallbusConfig;
import dev.callbus.sandbox.openai.Improviser;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a server is started, which this package is handed since it doesn't know the whole of one. */
@FunctionalInterface
public interface NodeStarter {

    /** Starts one; the Vert.x stays the caller's to close. */
    Future<Started> start(Vertx vertx, CallbusConfig config, AssetSource assets);

    /** Whom the sandbox's model server asks when the configuration has no script for it; null for the script that comes with it. */
    default @Nullable Improviser improviser(CallbusConfig config) {
        return null;
    }

    /**
     * A server that runs.
     *
     * @param port that it listens on
     * @param stop ends it
     */
    record Started(int port, Supplier<Future<Void>> stop) {}
}
