package dev.callbus.asset;

import dev.callbus.bus.Ask;
import dev.callbus.bus.Reach;
import java.time.Duration;

/** The addresses of the asset service. */
public final class AssetBus {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration STORING = Duration.ofSeconds(30);

    /** Chooses a call's agent. */
    public static final Ask<AssetProtocol.Choose, AssetProtocol.Chosen> CHOOSE =
            new Ask<>("asset.choose", Reach.NODE, AT_ONCE);

    /** Looks an agent's parts up. */
    public static final Ask<AssetProtocol.Find, AssetProtocol.Found> FIND =
            new Ask<>("asset.find", Reach.NODE, AT_ONCE);

    /** Lists assets. */
    public static final Ask<AssetProtocol.Read, AssetProtocol.Listing> READ =
            new Ask<>("asset.read", Reach.NODE, AT_ONCE);

    /** Stores assets. */
    public static final Ask<AssetProtocol.Put, AssetProtocol.Stored> PUT = new Ask<>("asset.put", Reach.NODE, STORING);

    /** Deletes an asset. */
    public static final Ask<AssetProtocol.Delete, AssetProtocol.Stored> DELETE =
            new Ask<>("asset.delete", Reach.NODE, STORING);

    private AssetBus() {}
}
