package dev.callbus.asset;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import io.vertx.core.Future;
import java.util.Map;

/**
 * Where the assets' texts are kept. It knows keys and texts only: whether they make sense is for the asset service, which has checked
 * what it hands over here.
 *
 * <p>Nothing here blocks the caller. A failure is a {@link BusException}: {@link Failure#UNAVAILABLE} if the store can't be reached,
 * else what the store refused.
 */
public interface AssetSource {

    /** Reads all texts, as they are now; a text of {@link RawAssets} that can't be read is left out there and warned of. */
    Future<RawAssets> read();

    /**
     * Stores these texts under their keys, over what is there: all of them, or none wherever the store allows it. The text of
     * {@link AssetKind#SERVER_CONFIG} is the whole document.
     */
    Future<Void> put(AssetKind kind, Map<String, String> texts);

    /** Removes the text of this key; none there is success. */
    Future<Void> delete(AssetKind kind, String key);

    /**
     * Has {@code listener} run whenever the texts may have changed, be it by {@link #put} and {@link #delete} or behind their back; too often is
     * harmless. It is run on the context that this is called from. One listener is enough.
     */
    void onChange(Runnable listener);

    /** Stops watching and lets go of what is open. */
    Future<Void> close();
}
