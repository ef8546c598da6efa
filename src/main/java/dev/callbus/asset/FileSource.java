package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The assets of one directory. It looks at the files' names, sizes and times every half second, which works on every file system, and tells of a
 * change once they have stayed the same from one look to the next.
 */
public final class FileSource implements AssetSource {
    private static final long LOOK_MILLIS = 500;

    private final Vertx vertx;
    private final AssetDirectory directory;
    private final AtomicReference<Map<String, AssetDirectory.Stamp>> read = new AtomicReference<>(Map.of());
    private @Nullable Map<String, AssetDirectory.Stamp> seen;
    private long timer = -1;
    private boolean isLooking;

    public FileSource(Vertx vertx, Path directory) {
        this.vertx = vertx;
        this.directory = new AssetDirectory(directory);
    }

    @Override
    public Future<RawAssets> read() {
        return vertx.executeBlocking(() -> {
            // Before the files are read: what changes meanwhile is then seen as a change.
            read.set(directory.stamps());
            return directory.read();
        });
    }

    @Override
    public Future<Void> put(AssetKind kind, Map<String, String> texts) {
        return blocking("write", () -> {
            var files = new LinkedHashMap<Path, String>();
            texts.forEach((key, text) -> files.put(directory.file(kind, checked(key)), text));
            AtomicFiles.write(files);
            return null;
        });
    }

    @Override
    public Future<Void> delete(AssetKind kind, String key) {
        return blocking("delete", () -> {
            Files.deleteIfExists(directory.file(kind, checked(key)));
            return null;
        });
    }

    @Override
    public void onChange(Runnable listener) {
        vertx.cancelTimer(timer);
        timer = vertx.setPeriodic(LOOK_MILLIS, id -> look(listener));
    }

    @Override
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    private void look(Runnable listener) {
        if (isLooking) {
            return;
        }
        isLooking = true;
        vertx.executeBlocking(directory::stamps).onComplete(looked -> {
            isLooking = false;
            if (looked.succeeded()) {
                compare(looked.result(), listener);
            }
        });
    }

    private void compare(Map<String, AssetDirectory.Stamp> now, Runnable listener) {
        boolean isSettled = now.equals(seen);
        seen = now;
        if (isSettled && !now.equals(read.get())) {
            listener.run();
        }
    }

    /** The key, again: it becomes part of a path here. */
    private static String checked(String key) {
        if (!AssetKey.isKey(key)) {
            throw new BusException(Failure.BAD_REQUEST, "not a key");
        }
        return key;
    }

    private Future<Void> blocking(String verb, Callable<@Nullable Void> work) {
        return vertx.executeBlocking(work).recover(cause -> Future.failedFuture(failure(verb, cause)));
    }

    private Throwable failure(String verb, Throwable cause) {
        return switch (cause) {
            case FileSystemException e ->
                new BusException(
                        Failure.UNAVAILABLE,
                        "can't " + verb + " files in " + directory.path() + ": "
                                + e.getClass().getSimpleName());
            case IOException e ->
                new BusException(
                        Failure.UNAVAILABLE, "can't " + verb + " files in " + directory.path() + ": " + e.getMessage());
            default -> cause;
        };
    }
}
