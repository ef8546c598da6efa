package dev.callbus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callbus.asset.AssetKind;
import dev.callbus.asset.FileSource;
import dev.callbus.asset.SyncSource;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.twilio.TwilioVerticle;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code callbus upload-assets}: puts contexts and tool manifests into Twilio Sync, without a running node. */
@Command(
        name = "upload-assets",
        description =
                "Puts contexts (.md) and tool manifests (.json) into Twilio Sync, under their names without the ending.",
        mixinStandardHelpOptions = true)
final class UploadCommand implements Callable<Integer> {
    private static final int UPLOAD_SECONDS = 60;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "A context or a tool manifest.")
    List<Path> files = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration; conf/callbus.yaml if not given.")
    private @Nullable Path config;

    @Override
    public Integer call() throws Exception {
        for (var file : files) {
            var fault = fault(file);
            if (fault != null) {
                System.err.println("Error: " + fault);
                return 1;
            }
        }
        var settings = new ConfigLoader(Path.of(""), config).loadNow();
        if (settings.twilio().sandboxed() && settings.twilio().restUrl() == null) {
            System.err.println("Error: Missing Twilio credentials");
            System.err.println(
                    "Please set ACCOUNT_SID and AUTH_TOKEN in your .env file. In the sandbox, put assets into the"
                            + " assets directory or use POST /api/sync/context of a running server.");
            return 1;
        }
        return upload(settings);
    }

    int upload(CallbusConfig settings) throws Exception {
        var vertx = Vertx.vertx();
        ProtocolCodec.install(vertx, Protocols.ALL);
        try {
            vertx.deployVerticle(new TwilioVerticle(settings.twilio())).await(10, TimeUnit.SECONDS);
            var sync = new SyncSource(
                    vertx, new FileSource(vertx, settings.assets().directory()));
            for (var file : files) {
                upload(sync, file);
            }
            System.out.println("Upload completed successfully!");
            return 0;
        } catch (Exception e) { // a future throws whatever failed it, also what isn't declared
            System.err.println("Upload failed: " + e.getMessage());
            return 1;
        } finally {
            vertx.close().await(5, TimeUnit.SECONDS);
        }
    }

    private static void upload(SyncSource sync, Path file) throws Exception {
        var name = String.valueOf(file.getFileName());
        var key = name.substring(0, name.lastIndexOf('.'));
        var kind = name.endsWith(".md") ? AssetKind.CONTEXT : AssetKind.MANIFEST;
        var map = kind == AssetKind.CONTEXT ? "Context" : "ToolManifest";
        System.out.println("Uploading " + file + " to " + map + " as " + key);
        var text = Files.readString(file);
        sync.put(kind, Map.of(key, text)).await(UPLOAD_SECONDS, TimeUnit.SECONDS);
        System.out.println("Uploaded " + key + " (" + text.length() + " characters)");
    }

    /** What is wrong with the file, or null. */
    static @Nullable String fault(Path file) throws IOException {
        var name = String.valueOf(file.getFileName());
        if (!name.endsWith(".md") && !name.endsWith(".json")) {
            return "Only .md and .json files are supported";
        }
        if (!Files.isRegularFile(file)) {
            return "File not found: " + file.toAbsolutePath();
        }
        if (!name.substring(0, name.lastIndexOf('.')).matches("[A-Za-z0-9_-]+")) {
            return name + " is no key: names have A-Z a-z 0-9 _ - only";
        }
        if (name.endsWith(".json")) {
            try {
                if (!new JsonMapper()
                        .readTree(Files.readString(file))
                        .path("tools")
                        .isArray()) {
                    return name + " is no tool manifest: it has no \"tools\" array";
                }
            } catch (JsonProcessingException e) {
                return "Invalid JSON in " + name + ": "
                        + e.getOriginalMessage().lines().findFirst().orElse("");
            }
        }
        return null;
    }
}
