package dev.callbus.sandbox.twilio.rest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All objects of one kind in a service, in the order of their making. Objects whose time is over are gone. */
final class SyncShelf<T extends SyncObject> {
    private final Map<String, T> bySid = new LinkedHashMap<>();

    /** The object with this SID or unique name. */
    Optional<T> find(String sidOrName, Instant now) {
        return all(now).stream()
                .filter(one -> one.sid().equals(sidOrName) || sidOrName.equals(one.uniqueName()))
                .findFirst();
    }

    List<T> all(Instant now) {
        bySid.values().removeIf(one -> one.life().isOver(now));
        return List.copyOf(bySid.values());
    }

    void put(T object) {
        bySid.put(object.sid(), object);
    }

    void remove(T object) {
        bySid.remove(object.sid());
    }

    /**
     * The name of a new object: what the request gives it, if anything; refused with 400 and 54302, or with 409 and 54301 if
     * there is one. Source: twilio.com/docs/api/errors/54302, twilio.com/docs/api/errors/54301
     */
    @Nullable
    String nameOfNew(Form form, Instant now) {
        var name = form.text("UniqueName");
        if (name != null && (name.length() > 256 || Sid.isOne(name))) {
            throw new RestError(400, 54302, "Invalid unique name");
        }
        if (name != null && find(name, now).isPresent()) {
            throw new RestError(409, 54301, "Unique name already exists");
        }
        return name;
    }
}
