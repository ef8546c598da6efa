package dev.callbus.twilio;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.time.LoopTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The finding, or else making, of a Sync service with its maps and documents. It blocks. */
final class SyncServices {
    private static final Logger log = LoggerFactory.getLogger(SyncServices.class);

    private static final Comparator<SyncRest.Service> OLDEST_FIRST =
            Comparator.comparing(SyncRest.Service::created).thenComparing(SyncRest.Service::sid);

    private final SyncRest sync;
    private final Duration look;

    /** @param look how long after a service was made it is seen whether somebody else made one too */
    SyncServices(SyncRest sync, Duration look) {
        this.sync = sync;
        this.look = look;
    }

    /** Sees to it that the service is there with all that is named; throws {@link RestFailure}. */
    TwilioProtocol.SyncReady ensure(TwilioProtocol.EnsureSync wanted) {
        var name = wanted.friendlyName();
        var service = oldest(name).orElseGet(() -> make(name));
        for (var map : wanted.maps()) {
            if (!sync.hasMap(service.sid(), map)) {
                make(() -> sync.createMap(service.sid(), map), () -> sync.hasMap(service.sid(), map));
            }
        }
        for (var document : wanted.documents()) {
            if (!sync.hasDocument(service.sid(), document)) {
                make(
                        () -> sync.createDocument(service.sid(), document),
                        () -> sync.hasDocument(service.sid(), document));
            }
        }
        return new TwilioProtocol.SyncReady(service.sid());
    }

    private Optional<SyncRest.Service> oldest(String name) {
        return sync.services().stream()
                .filter(service -> service.friendlyName().equals(name))
                .min(OLDEST_FIRST);
    }

    /** Names of services aren't unique: all who made one at the same time take the oldest. */
    private SyncRest.Service make(String name) {
        var made = create(name);
        pause();
        return oldest(name)
                .or(() -> made)
                .orElseThrow(() -> new BusException(
                        Failure.BAD_GATEWAY, "Twilio's answer was lost; not known whether the Sync service was made"));
    }

    /** The new service, empty if Twilio's answer was lost. */
    private Optional<SyncRest.Service> create(String name) {
        try {
            var made = sync.createService(name);
            log.info("Sync service made [service: {}]", made.sid());
            return Optional.of(made);
        } catch (RestFailure e) {
            if (e.isCertain()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Makes something that only one can make; that somebody else was faster is fine. */
    private static void make(Runnable creation, BooleanSupplier exists) {
        try {
            creation.run();
        } catch (RestFailure e) {
            boolean there = e.status() == 409 || (!e.isCertain() && exists.getAsBoolean());
            if (!there) {
                throw e;
            }
        }
    }

    private void pause() {
        try {
            LoopTime.sleep(look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
