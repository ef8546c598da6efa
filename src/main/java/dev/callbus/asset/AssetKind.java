package dev.callbus.asset;

/** What an operator's asset is. */
public enum AssetKind {
    /** A context document; its text is Markdown, with a front matter if it wants a model of its own. */
    CONTEXT,
    /** A tool manifest; its text is JSON. */
    MANIFEST,
    /** {@code serverConfig.json}, the only one of its kind; its key is {@link #SERVER_CONFIG_KEY}. */
    SERVER_CONFIG;

    /** The key of the only asset of its kind. */
    public static final String SERVER_CONFIG_KEY = "serverConfig";

    /** Where the asset of this key is, as a person finds it. */
    String origin(String store, String key) {
        return switch (this) {
            case CONTEXT -> store + "/" + key + ".md";
            case MANIFEST, SERVER_CONFIG -> store + "/" + key + ".json";
        };
    }
}
