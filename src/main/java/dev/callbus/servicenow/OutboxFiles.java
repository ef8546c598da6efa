package dev.callbus.servicenow;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outbox on disk: a JSON file for each entry, which only its owner can read, written whole or not at all. */
final class OutboxFiles {
    private static final Logger log = LoggerFactory.getLogger(OutboxFiles.class);

    private static final String ENDING = ".json";
    private static final String OWNER_ONLY = "rw-------";
    private static final String DIRECTORY = "rwx------";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addMixIn(Intent.class, IntentNames.class)
            .build();

    private final Vertx vertx;
    private final Path directory;

    OutboxFiles(Vertx vertx, Path directory) {
        this.vertx = vertx;
        this.directory = directory;
    }

    /** How the kinds of intents are called in files. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Intent.NewIncident.class, name = "incident"),
        @JsonSubTypes.Type(value = Intent.EndedCall.class, name = "call")
    })
    private interface IntentNames {}

    private record Content(Intent intent, Map<String, Instant> sent) {}

    /** Makes the directory and reads what is in it. What can't be read is set aside. */
    Future<List<OutboxEntry>> load() {
        return vertx.fileSystem()
                .mkdirs(directory.toString(), DIRECTORY)
                .compose(made -> vertx.fileSystem().readDir(directory.toString(), "(?!\\.).*\\.json"))
                .compose(paths -> Future.all(paths.stream().map(this::load).toList()))
                .map(all -> all.<Optional<OutboxEntry>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Writes an entry, over its former state if it has one. */
    Future<Void> write(OutboxEntry entry) {
        var draft = directory.resolve("." + entry.id() + ".draft").toString();
        var options = new OpenOptions()
                .setCreate(true)
                .setWrite(true)
                .setRead(false)
                .setTruncateExisting(true)
                .setDsync(true)
                .setPerms(OWNER_ONLY);
        try {
            var json = Buffer.buffer(MAPPER.writeValueAsBytes(new Content(entry.intent(), entry.sent())));
            return vertx.fileSystem()
                    .open(draft, options)
                    .compose(file -> file.write(json).eventually(file::close))
                    .compose(written -> vertx.fileSystem()
                            .move(
                                    draft,
                                    path(entry),
                                    new CopyOptions().setReplaceExisting(true).setAtomicMove(true)));
        } catch (JsonProcessingException e) {
            return Future.failedFuture(e);
        }
    }

    /** Deletes an entry; it may be gone already. */
    Future<Void> delete(OutboxEntry entry) {
        return vertx.fileSystem()
                .delete(path(entry))
                .recover(cause -> vertx.fileSystem()
                        .exists(path(entry))
                        .compose(there -> there ? Future.failedFuture(cause) : Future.succeededFuture()));
    }

    /** Keeps an entry that ServiceNow will never take, for a person to look at. */
    Future<Void> setAside(OutboxEntry entry) {
        return setAside(path(entry));
    }

    private Future<Optional<OutboxEntry>> load(String path) {
        return vertx.fileSystem()
                .readFile(path)
                .map(bytes -> Optional.of(parse(bytes)))
                .recover(cause -> {
                    log.warn("a file in the outbox can't be read and is set aside [file: {}]", path);
                    return setAside(path).map(Optional.empty());
                });
    }

    private static OutboxEntry parse(Buffer bytes) {
        try {
            var content = MAPPER.readValue(bytes.getBytes(), Content.class);
            return new OutboxEntry(content.intent(), content.sent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Future<Void> setAside(String path) {
        var options = new CopyOptions().setReplaceExisting(true);
        return vertx.fileSystem().move(path, path.substring(0, path.length() - ENDING.length()) + ".aside", options);
    }

    private String path(OutboxEntry entry) {
        return directory.resolve(entry.id() + ENDING).toString();
    }
}
