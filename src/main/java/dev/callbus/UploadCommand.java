package dev.callbus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callbus.asset.AssetKind;
import dev.callbus.asset.AssetUpload;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.CallbusConfig;
import dev.callbus.config.ConfigLoader;
import dev.callbus.tool.ToolRegistry;
import dev.callbus.twilio.TwilioVerticle;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Checks all files, then stores them one by one; returns the exit code. */
    int upload(CallbusConfig settings) throws Exception {
        var vertx = Vertx.vertx();
        ProtocolCodec.install(vertx, Protocols.ALL);
        try {
            var tools = ToolRegistry.standard(vertx, settings.tools()).names();
            var upload = new AssetUpload(vertx, Set.copyOf(tools));
            var checked = new LinkedHashMap<Path, Map<String, String>>();
            for (var file : files) {
                checked.put(file, upload.checked(kind(file), Map.of(key(file), Files.readString(file))));
            }
            vertx.deployVerticle(new TwilioVerticle(settings.twilio())).await(10, TimeUnit.SECONDS);
            for (var file : checked.entrySet()) {
                store(upload, file.getKey(), file.getValue());
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

    private static void store(AssetUpload upload, Path file, Map<String, String> texts) throws Exception {
        var map = kind(file) == AssetKind.CONTEXT ? "Context" : "ToolManifest";
        System.out.println("Uploading " + file + " to " + map + " as " + key(file));
        upload.put(kind(file), texts).await(UPLOAD_SECONDS, TimeUnit.SECONDS);
        System.out.println("Uploaded " + key(file));
    }

    /** What is to be said of the file before anything of a server is looked at, or null if it is fine so far. */
    static @Nullable String fault(Path file) throws IOException {
        var name = String.valueOf(file.getFileName());
        if (!name.endsWith(".md") && !name.endsWith(".json")) {
            return "Only .md and .json files are supported";
        }
        if (!Files.isRegularFile(file)) {
            return "File not found: " + file.toAbsolutePath();
        }
        try {
            var text = Files.readString(file);
            if (name.endsWith(".json")) {
                new JsonMapper().readTree(text);
            }
            return null;
        } catch (CharacterCodingException e) {
            return name + " is not UTF-8: save it as UTF-8";
        } catch (JsonProcessingException e) {
            return "Invalid JSON in " + name + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("");
        }
    }

    private static AssetKind kind(Path file) {
        return file.toString().endsWith(".md") ? AssetKind.CONTEXT : AssetKind.MANIFEST;
    }

    private static String key(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }
}
