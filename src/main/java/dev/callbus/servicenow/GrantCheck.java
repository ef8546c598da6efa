package dev.callbus.servicenow;

import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.servicenow.table.SysId;
import dev.callbus.verify.Grant;
import dev.callbus.verify.Seal;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** The last check of a grant, by the service that acts on it. */
final class GrantCheck {
    private static final Pattern CALL = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Seal seal;
    private final InstantSource clock;

    GrantCheck(Seal seal, InstantSource clock) {
        this.seal = seal;
        this.clock = clock;
    }

    /**
     * The customer whose tickets this call may see and change.
     *
     * @throws BusException if the grant isn't ours, is of another call, or is over
     */
    String customer(String callSid, Grant grant) {
        if (!seal.isGood(grant, callSid, clock.instant()) || !SysId.isOne(grant.customer())) {
            throw new BusException(
                    Failure.BAD_REQUEST, "The caller is not verified, or no longer. Please verify the caller first.");
        }
        call(callSid);
        return grant.customer();
    }

    /** @throws BusException if the text can't be the id of a call */
    static void call(String callSid) {
        if (!CALL.matcher(callSid).matches()) {
            throw new BusException(Failure.BAD_REQUEST, "That is no id of a call.");
        }
    }
}
