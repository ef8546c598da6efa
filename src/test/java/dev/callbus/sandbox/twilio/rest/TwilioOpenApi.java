package dev.callbus.sandbox.twilio.rest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the OpenAPI documents that Twilio publishes (github.com/twilio/twilio-oai), against which requests and answers are
 * checked. They lie in the folder of the system property {@code callbus.twilio-oai}, by default beside the project; tests that
 * need them are left out where they are not.
 */
public final class TwilioOpenApi {
    private static final Logger log = LoggerFactory.getLogger(TwilioOpenApi.class);
    private static final AtomicBoolean ANNOUNCED = new AtomicBoolean();
    private static final Path FOLDER = Path.of(System.getProperty("callbus.twilio-oai", "../shared/twilio-oai"));
    private static final Map<String, TwilioOpenApi> LOADED = new ConcurrentHashMap<>();

    private final JsonNode document;

    private TwilioOpenApi(JsonNode document) {
        this.document = document;
    }

    /** The document of this name, such as {@code twilio_sync_v1}; the test is left out if there is none. */
    public static TwilioOpenApi load(String name) {
        var file = FOLDER.resolve(name + ".json");
        if (!Files.exists(file)) {
            announce();
        }
        assumeTrue(Files.exists(file), "Twilio's OpenAPI documents are not in " + FOLDER);
        return LOADED.computeIfAbsent(name, any -> new TwilioOpenApi(read(file)));
    }

    /** What the document says of a method at a path, such as {@code POST /v1/Services/default/Maps}. */
    public Optional<OpenApiOperation> find(String method, String path) {
        return paths().filter(template ->
                        !document.path("paths").path(template).path(key(method)).isMissingNode())
                .flatMap(template ->
                        match(template, path).stream().map(parameters -> operation(method, template, parameters)))
                .min(Comparator.comparing(
                        operation -> operation.pathParameters().size()));
    }

    /** The operation of a method at a path template, with braces around its parameters' names. */
    public OpenApiOperation operation(String method, String template, Map<String, String> pathParameters) {
        var operation = document.path("paths").path(template).path(key(method));
        if (operation.isMissingNode()) {
            throw new IllegalArgumentException(method + " " + template + " is not documented");
        }
        return new OpenApiOperation(document, method, template, operation, pathParameters);
    }

    private static void announce() {
        if (ANNOUNCED.compareAndSet(false, true)) {
            log.warn("tests against Twilio's OpenAPI documents are left out [not in: {}]", FOLDER);
        }
    }

    private Stream<String> paths() {
        return document.path("paths").properties().stream().map(Map.Entry::getKey);
    }

    private static Optional<Map<String, String>> match(String template, String path) {
        var expected = segments(template);
        var actual = segments(path);
        if (expected.size() != actual.size()) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (var i = 0; i < expected.size(); i++) {
            if (!match(expected.get(i), actual.get(i), parameters)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean match(String expected, String actual, Map<String, String> parameters) {
        var open = expected.indexOf('{');
        if (open < 0) {
            return expected.equals(actual);
        }
        var before = expected.substring(0, open);
        var after = expected.substring(expected.indexOf('}') + 1);
        if (!actual.startsWith(before)
                || !actual.endsWith(after)
                || actual.length() <= before.length() + after.length()) {
            return false;
        }
        var value = actual.substring(before.length(), actual.length() - after.length());
        parameters.put(
                expected.substring(open + 1, expected.indexOf('}')), URLDecoder.decode(value, StandardCharsets.UTF_8));
        return true;
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    private static String key(String method) {
        return method.toLowerCase(Locale.ROOT);
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
