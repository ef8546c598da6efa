package dev.callbus;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text messages on the sandbox's phones: a file that only its owner can read, which the node writes and the phones in
 * other processes look at.
 */
final class PhoneInbox {
    private static final Logger log = LoggerFactory.getLogger(PhoneInbox.class);

    private static final long LOOK_MILLIS = 200;

    private final Path file;

    /** @param directory the sandbox's, see {@code sandbox.directory} */
    PhoneInbox(Path directory) {
        this.file = directory.resolve("phone-messages");
    }

    /** Lays a message on the phone of this number. */
    void deliver(Vertx vertx, String number, String text) {
        var line = new JsonObject().put("to", number).put("text", text).encode() + "\n";
        vertx.executeBlocking(() -> {
                    create();
                    return Files.writeString(file, line, StandardOpenOption.APPEND);
                })
                .onFailure(cause -> log.warn("the sandbox's phone took no message [file: {}]", file, cause));
    }

    /** Tells of the messages that reach this number from now on, until Vert.x closes. */
    void watch(Vertx vertx, String number, Consumer<String> show) {
        watch(vertx, (to, text) -> {
            if (number.equals(to)) {
                show.accept(text);
            }
        });
    }

    /** Tells of the messages that reach any number from now on, with the number, until Vert.x closes. */
    void watch(Vertx vertx, BiConsumer<String, String> show) {
        var position = new AtomicLong(size());
        var lookout = new Lookout<>(
                LOOK_MILLIS,
                () -> news(position),
                lines -> lines.stream()
                        .map(JsonObject::new)
                        .forEach(message -> show.accept(message.getString("to"), message.getString("text"))));
        vertx.deployVerticle(lookout)
                .onFailure(cause -> log.warn("the sandbox's phone shows no messages [file: {}]", file, cause));
    }

    private void create() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException e) {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            return; // another node of this directory was first
        }
    }

    private long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The whole lines that were written since the last look. */
    private List<String> news(AtomicLong position) throws IOException {
        if (size() <= position.get()) {
            return List.of();
        }
        try (var opened = new RandomAccessFile(file.toFile(), "r")) {
            opened.seek(position.get());
            var bytes = new byte[Math.toIntExact(opened.length() - position.get())];
            opened.readFully(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8);
            var whole = text.substring(0, text.lastIndexOf('\n') + 1);
            position.addAndGet(whole.getBytes(StandardCharsets.UTF_8).length);
            return whole.lines().toList();
        }
    }
}
