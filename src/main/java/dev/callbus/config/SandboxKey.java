package dev.callbus.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The auth token of the sandbox's made-up account: random, kept in a file that only its owner can read. */
public final class SandboxKey {
    /** The SID of the made-up account, the same everywhere. */
    public static final String ACCOUNT_SID = "ACca11b05ca11b05ca11b05ca11b05ca11";

    /** The number of the made-up account. */
    public static final String PHONE_NUMBER = "+15550002222";

    /** The number of the colleague who takes over its callers. */
    public static final String COLLEAGUE_NUMBER = "+15550003333";

    /** The SID of its Verify service. */
    public static final String VERIFY_SERVICE_SID = "VAca11b05ca11b05ca11b05ca11b05ca11";

    private static final String FILE = "sandbox-key";
    private static final String API_FILE = "api-key";
    private static final int BYTES = 16;

    private SandboxKey() {}

    /**
     * The key in this directory. It is made if there is none; processes that start at the same time get the same one.
     *
     * @throws IOException if the directory can't be used or the file holds no key
     */
    public static Secret readOrCreate(Path directory) throws IOException {
        return readOrCreate(directory, FILE);
    }

    /**
     * The key of the HTTP API in this directory, for a server of which nobody set one; made and kept like the other.
     *
     * @throws IOException if the directory can't be used or the file holds no key
     */
    public static Secret apiKey(Path directory) throws IOException {
        return readOrCreate(directory, API_FILE);
    }

    private static Secret readOrCreate(Path directory, String name) throws IOException {
        var file = directory.resolve(name);
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
            create(file);
            return read(file);
        }
    }

    /** Writes the key under another name and links it, so that nobody ever reads half a key and the first one stays. */
    private static void create(Path file) throws IOException {
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var draft = Files.createTempFile(file.getParent(), "key", ".draft", ownerOnly(file, "rw-------"));
        try {
            Files.writeString(draft, HexFormat.of().formatHex(random) + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Secret read(Path file) throws IOException {
        var text = Files.readString(file).strip();
        if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new IOException(file + " holds no key; delete it, and a new one is made");
        }
        return new Secret(text);
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
