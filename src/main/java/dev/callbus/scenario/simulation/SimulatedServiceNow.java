package dev.callbus.scenario.simulation;

import dev.callbus.config.ServiceNowSettings;
import dev.callbus.sandbox.servicenow.ServiceNowOptions;
import dev.callbus.sandbox.servicenow.ServiceNowServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's ServiceNow for the worlds of one simulation. Since its database takes much longer to make than a world lasts, one world
 * uses it after the other, each with the records that it began with.
 */
public final class SimulatedServiceNow {
    private final Vertx vertx;
    private @Nullable ServiceNowServer server;
    private ServiceNowSettings.@Nullable Basic user;

    public SimulatedServiceNow(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Is as it was at the beginning, for a world with these settings; not there at all if they have one outside of the sandbox, or none. */
    Future<Void> fresh(ServiceNowSettings settings) {
        var wanted = settings.sandboxed()
                        && settings.url() == null
                        && settings.credentials() instanceof ServiceNowSettings.Basic login
                ? login
                : null;
        var running = server;
        if (running != null && Objects.equals(user, wanted)) {
            return running.restore();
        }
        return close().compose(closed -> wanted == null ? Future.succeededFuture() : start(wanted));
    }

    private Future<Void> start(ServiceNowSettings.Basic wanted) {
        var options =
                ServiceNowOptions.lifelike(wanted.user(), wanted.password().reveal());
        return new ServiceNowServer(vertx, options).start().compose(started -> {
            server = started;
            user = wanted;
            return started.remember();
        });
    }

    /** The settings of a server that is to use it. */
    ServiceNowSettings reach(ServiceNowSettings settings) {
        var running = server;
        return running == null ? settings : settings.at(URI.create(running.baseUrl()));
    }

    /** Refuses every connection, until it is fresh. */
    void unplug() {
        var running = server;
        if (running != null) {
            running.faults().goDown();
        }
    }

    /** It; an {@link IllegalStateException} if the settings have none in the sandbox. */
    ServiceNowServer server() {
        if (server == null) {
            throw new IllegalStateException("the configuration has a ServiceNow outside of the sandbox, or none");
        }
        return server;
    }

    /** Closes its database. */
    public Future<Void> close() {
        var running = server;
        server = null;
        return running == null ? Future.succeededFuture() : running.close();
    }
}
