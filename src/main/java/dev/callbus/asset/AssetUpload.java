package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.config.AssetSettings.Overrides;
import dev.callbus.config.CallSettings.SilenceSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts single assets into Twilio Sync without a server, checked as a server checks them. */
public final class AssetUpload {
    private static final RawAssets NOTHING = new RawAssets(
            "upload", Map.of("defaultContext", "Nothing."), Map.of("defaultToolManifest", "{\"tools\":[]}"), "{}");

    private final AssetTexts check;
    private final SyncSource sync;

    /** @param tools the names of the tools that servers have */
    public AssetUpload(Vertx vertx, Set<String> tools) {
        var silence = new SilenceSettings(false, Duration.ofSeconds(1), List.of());
        this.check = new AssetTexts(AgentBook.first(NOTHING, new AgentRules(Overrides.NONE, silence, tools)), NOTHING);
        this.sync = SyncSource.unfilled(vertx);
    }

    /**
     * The texts as they are to be stored.
     *
     * @throws BusException that says what is wrong with them
     */
    public Map<String, String> checked(AssetKind kind, Map<String, String> texts) {
        return check.toStore(kind, texts);
    }

    /** Stores texts that were checked. */
    public Future<Void> put(AssetKind kind, Map<String, String> texts) {
        return sync.put(kind, texts);
    }
}
