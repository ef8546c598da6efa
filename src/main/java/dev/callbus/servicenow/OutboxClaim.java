package dev.callbus.servicenow;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A directory that this verticle alone uses, so that nodes which share a disk never file the same thing twice: the wanted one, or
 * if another has that, one beside it. It blocks.
 */
final class OutboxClaim implements AutoCloseable {
    private static final int MOST = 64;

    private final Path directory;
    private final FileChannel channel;

    private OutboxClaim(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Claims the directory or the first free one beside it. */
    static OutboxClaim of(Path wanted) throws IOException {
        for (int i = 1; i <= MOST; i++) {
            var directory = i == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + i);
            Files.createDirectories(directory);
            var channel =
                    FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) != null) {
                return new OutboxClaim(directory, channel);
            }
            channel.close();
        }
        throw new IOException("all outboxes beside " + wanted + " are in use");
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
