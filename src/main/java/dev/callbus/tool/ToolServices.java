package dev.callbus.tool;

import dev.callbus.config.ToolSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What tools work with: the bus's Vert.x, the operator's settings, and limits that all calls share. Thread-safe. */
public final class ToolServices {
    private final Vertx vertx;
    private final ToolSettings settings;
    private final Map<String, Quota> quotas = new ConcurrentHashMap<>();

    public ToolServices(Vertx vertx, ToolSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    public Vertx vertx() {
        return vertx;
    }

    public ToolSettings settings() {
        return settings;
    }

    /** The limit of this name: so many times within the period, per key. */
    public Quota quota(String name, int times, Duration period) {
        return quotas.computeIfAbsent(name, made -> new Quota(times, period));
    }
}
