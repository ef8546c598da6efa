package dev.callbus.asset;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of contexts and manifests: letters, digits, {@code _} and {@code -} only, so that no key leads out of its store. */
final class AssetKey {
    /** What a key may hold, as a remedy says it. */
    static final String ALPHABET = "A-Z a-z 0-9 _ -";

    /** A file system takes names of 255 bytes, of which the temporary file's ending needs some. */
    static final int MAX_LENGTH = 200;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern ENDING = Pattern.compile("\\.(md|json)$");

    private AssetKey() {}

    static boolean isKey(String text) {
        return text.length() <= MAX_LENGTH && KEY.matcher(text).matches();
    }

    /** The key that is meant by a name which may have its file's ending. */
    static String of(String name) {
        return ENDING.matcher(name.strip()).replaceFirst("");
    }

    /** Whether this is the name of the server's configuration, which a file system may hold for the same in any case. */
    static boolean isServerConfig(String key) {
        return key.toLowerCase(Locale.ROOT).equals(AssetKind.SERVER_CONFIG_KEY.toLowerCase(Locale.ROOT));
    }
}
