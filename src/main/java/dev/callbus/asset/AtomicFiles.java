package dev.callbus.asset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Writes several files so that a reader sees each as it was or as it will be, and all or none of them are written; it blocks. */
final class AtomicFiles {
    private AtomicFiles() {}

    /** Writes these texts as UTF-8 over what is there; after an exception all files are as they were. */
    static void write(Map<Path, String> texts) throws IOException {
        var drafts = new LinkedHashMap<Path, Path>();
        try {
            for (var entry : texts.entrySet()) {
                var draft = draft(entry.getKey());
                drafts.put(entry.getKey(), draft);
                var bytes = entry.getValue().getBytes(StandardCharsets.UTF_8);
                Files.write(
                        draft, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            }
            replace(drafts);
        } finally {
            for (var draft : drafts.values()) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private static void replace(Map<Path, Path> drafts) throws IOException {
        var replaced = new LinkedHashMap<Path, byte[]>();
        var created = new LinkedHashMap<Path, Path>();
        try {
            for (var entry : drafts.entrySet()) {
                var file = entry.getKey();
                if (Files.exists(file)) {
                    replaced.put(file, Files.readAllBytes(file));
                } else {
                    created.put(file, file);
                }
                move(entry.getValue(), file);
            }
        } catch (IOException e) {
            restore(replaced, created, e);
            throw e;
        }
    }

    private static void restore(Map<Path, byte[]> replaced, Map<Path, Path> created, IOException cause) {
        try {
            for (var file : created.keySet()) {
                Files.deleteIfExists(file);
            }
            for (var entry : replaced.entrySet()) {
                var draft = draft(entry.getKey());
                Files.write(draft, entry.getValue());
                move(draft, entry.getKey());
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void move(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A hidden file beside the other, so that it is on the same disk and nobody takes it for an asset. */
    private static Path draft(Path file) {
        return file.resolveSibling("." + UUID.randomUUID() + ".tmp");
    }
}
