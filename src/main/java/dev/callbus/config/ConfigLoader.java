package dev.callbus.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Loads a node's configuration: built-in values, then {@code conf/callbus.yaml} or a named file, then {@code .env}, then the
 * environment, the later ones stronger. Both files are fetched as text and read by this package, because the YAML and environment
 * readers that come with Vert.x make numbers of phone numbers.
 */
public final class ConfigLoader {
    private static final String DEFAULT_FILE = "conf/callbus.yaml";
    private static final String YAML = "yaml";
    private static final String DOT_ENV = "dotEnv";

    private final Path workingDirectory;
    private final @Nullable Path named;
    private final ConfigStoreOptions environment;

    /**
     * A loader for this process.
     *
     * @param workingDirectory where {@code conf} and {@code .env} are looked for
     * @param named the file to read in place of {@code conf/callbus.yaml}; it must be there
     */
    public ConfigLoader(Path workingDirectory, @Nullable Path named) {
        this(workingDirectory, named, processEnvironment());
    }

    ConfigLoader(Path workingDirectory, @Nullable Path named, ConfigStoreOptions environment) {
        this.workingDirectory = workingDirectory.toAbsolutePath();
        this.named = named;
        this.environment = environment;
    }

    /**
     * The configuration that a YAML text alone makes of the built-in values.
     *
     * @param name how complaints call the text
     * @throws ConfigException with all faults
     */
    public static CallbusConfig parse(String name, String yaml, Path workingDirectory) {
        return parse(name, yaml, Map.of(), workingDirectory);
    }

    /** The same with an environment, which is stronger than the YAML. */
    public static CallbusConfig parse(
            String name, String yaml, Map<String, String> environment, Path workingDirectory) {
        return ConfigReader.read(new ConfigSources(name, yaml, null, environment, workingDirectory.toAbsolutePath()));
    }

    /**
     * The configuration, with a Vert.x of its own that is closed again, because the node's needs the configuration first. It
     * blocks, and is for the command line.
     *
     * @throws ConfigException with all faults
     */
    public CallbusConfig loadNow() {
        var vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        try {
            return load(vertx).await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the configuration could not be read within 30 seconds", e);
        } finally {
            vertx.close().await();
        }
    }

    /** The configuration; fails with a {@link ConfigException} that has all faults. */
    public Future<CallbusConfig> load(Vertx vertx) {
        var file = workingDirectory.resolve(named == null ? Path.of(DEFAULT_FILE) : named);
        var retriever = ConfigRetriever.create(
                vertx,
                new ConfigRetrieverOptions()
                        .setIncludeDefaultStores(false)
                        .setScanPeriod(-1)
                        .addStore(text(file, YAML))
                        .addStore(text(workingDirectory.resolve(".env"), DOT_ENV))
                        .addStore(environment));
        return retriever
                .getConfig()
                .eventually(retriever::close)
                .compose(found -> vertx.executeBlocking(() -> read(file, found)));
    }

    private CallbusConfig read(Path file, JsonObject found) {
        var yaml = found.getString(YAML);
        var dotEnv = found.getString(DOT_ENV);
        var dotEnvFile = workingDirectory.resolve(".env");
        var unreadable = new ArrayList<ConfigFault>();
        if (yaml == null && (named != null || Files.exists(file))) {
            unreadable.add(unreadable(named == null ? DEFAULT_FILE : "--config", file));
        }
        if (dotEnv == null && Files.exists(dotEnvFile)) {
            unreadable.add(unreadable(".env", dotEnvFile));
        }
        if (!unreadable.isEmpty()) {
            throw new ConfigException("The configuration", unreadable);
        }
        var variables = new LinkedHashMap<String, String>();
        for (var name : ConfigKey.allEnvironmentNames()) {
            var value = found.getString(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return ConfigReader.read(new ConfigSources(
                named == null ? DEFAULT_FILE : named.toString(),
                yaml,
                dotEnv,
                Map.copyOf(variables),
                workingDirectory));
    }

    private static ConfigFault unreadable(String key, Path file) {
        return new ConfigFault(
                key,
                file.toString(),
                null,
                "is no file that can be read",
                "correct the path or the file's permissions");
    }

    private static ConfigStoreOptions text(Path file, String key) {
        return new ConfigStoreOptions()
                .setType("file")
                .setFormat("raw")
                .setOptional(true)
                .setConfig(new JsonObject()
                        .put("path", Objects.toString(file))
                        .put("raw.key", key)
                        .put("raw.type", "string"));
    }

    private static ConfigStoreOptions processEnvironment() {
        return new ConfigStoreOptions()
                .setType("env")
                .setConfig(new JsonObject()
                        .put("raw-data", true)
                        .put("keys", new JsonArray(ConfigKey.allEnvironmentNames())));
    }
}
