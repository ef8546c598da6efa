package dev.callbus.scenario.simulation;

import dev.callbus.asset.AssetSource;
import dev.callbus.config.CallbusConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** How a server is started, which this package is handed since it doesn't know the whole of one. */
@FunctionalInterface
public interface NodeStarter {

    /** Starts one; the Vert.x stays the caller's to close. */
    Future<Started> start(Vertx vertx, CallbusConfig config, AssetSource assets);

    /**
     * A server that runs.
     *
     * @param port that it listens on
     * @param stop ends it
     */
    record Started(int port, Supplier<Future<Void>> stop) {}
}
