package dev.callbus.tool;

import dev.callbus.bus.Sensitive;
import dev.callbus.servicenow.Customer;
import dev.callbus.verify.Challenge;
import dev.callbus.verify.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call knows of who is on the line, and what that opens. It is server state: tools read it, their outcomes change
 * it, and no model sees or writes it.
 *
 * @param customer whom the line belongs to or whom the caller claims to be; null if that is nobody we know
 * @param challenge the code that is on its way to the customer
 * @param code what the caller keyed or said for it, not yet checked
 * @param grant proof that the caller is the customer
 * @param tickets what the call was about so far, the latest last
 */
public record Standing(
        @Nullable Customer customer,
        Source source,
        @Nullable Challenge challenge,
        @Nullable Sensitive code,
        @Nullable Grant grant,
        List<Concern> tickets) {
    /** Nothing is known yet. */
    public static final Standing UNKNOWN = new Standing(null, Source.NONE, null, null, null, List.of());

    public Standing {
        tickets = List.copyOf(tickets);
    }

    /** How a customer was found. */
    public enum Source {
        /** Nobody has been looked for, or nobody was found. */
        NONE,
        /** The number of the line is on the customer's record. */
        LINE,
        /** The caller named somebody. Until a code proves it, nothing may be told, not even whether there is such a customer. */
        CLAIM
    }

    /** An incident that the call was about. */
    public record Concern(String number, String sysId) {}

    /** The grant, while it is good. */
    public Optional<Grant> grant(Instant now) {
        return Optional.ofNullable(grant).filter(held -> now.isBefore(held.expiresAt()));
    }

    public boolean isVerified(Instant now) {
        return grant(now).isPresent();
    }

    /** The same with another customer; what was for the one before is void. */
    public Standing identified(@Nullable Customer other, Source by) {
        return new Standing(other, by, null, null, null, tickets);
    }

    /** The same with this challenge, or with none. */
    public Standing challenged(@Nullable Challenge next) {
        return new Standing(customer, source, next, code, grant, tickets);
    }

    /** The same with this code, or with none. */
    public Standing withCode(@Nullable Sensitive entered) {
        return new Standing(customer, source, challenge, entered, grant, tickets);
    }

    /** The same with this grant; the challenge is met. */
    public Standing admitted(Grant proof) {
        return new Standing(customer, source, null, null, proof, tickets);
    }

    /** The same with one more incident that the call is about. */
    public Standing concerning(Concern ticket) {
        var others = tickets.stream().filter(known -> !known.equals(ticket));
        return new Standing(
                customer,
                source,
                challenge,
                code,
                grant,
                Stream.concat(others, Stream.of(ticket)).toList());
    }
}
