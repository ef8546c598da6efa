package dev.callbus.asset;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callbus.config.AssetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which store the assets are kept in: {@code AssetLoader.assetLoaderType} of the local {@code serverConfig.json}. */
public enum AssetLoaderType {
    /** The files of the assets directory. */
    FILE,
    /** Twilio Sync. */
    SYNC;

    /** The type as it is written. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type that the local {@code serverConfig.json} names; it blocks. Where that file can't be read or names none that is known
     * it is {@link #FILE}, whose reading then reports what is wrong.
     */
    public static AssetLoaderType read(AssetSettings settings) {
        try {
            var text = Files.readString(settings.directory().resolve(AssetDirectory.SERVER_CONFIG));
            var root = new JsonMapper().readTree(AssetDirectory.withoutMark(text));
            var written = root.at("/AssetLoader/assetLoaderType")
                    .asText(root.at("/UsedConfig/assetLoaderType").asText(""));
            return named(written).orElse(FILE);
        } catch (IOException e) {
            return FILE;
        }
    }

    static Optional<AssetLoaderType> named(String written) {
        return Arrays.stream(values())
                .filter(type -> type.written().equals(written.strip()))
                .findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(AssetLoaderType::written).collect(Collectors.joining(", "));
    }
}
