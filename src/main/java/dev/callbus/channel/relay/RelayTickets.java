package dev.callbus.channel.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.callbus.asset.AgentProfile;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which call may open which WebSocket: a secret token per call, good for one connection. A call that is over is remembered
 * for a while, so that replayed requests do nothing. Thread-safe; all servers of a node share one. Each operation is one
 * atomic step on one key and answers with a future, so a clustered map can take this one's place.
 */
public final class RelayTickets {
    static final Duration UNUSED = Duration.ofSeconds(60);
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int TOKEN_BYTES = 32;
    private static final int RECONNECTS = 1;
    private static final long MOST = 100_000;

    private final SecureRandom random = new SecureRandom();
    private final Ticker ticker;
    private final Cache<String, Entry> calls;
    private final Cache<String, Future<String>> answers;
    private final Map<String, String> callSids = new ConcurrentHashMap<>();

    public RelayTickets() {
        this(Ticker.systemTicker());
    }

    RelayTickets(Ticker ticker) {
        this.ticker = ticker;
        this.calls = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .maximumWeight(MOST)
                .weigher((String callSid, Entry entry) -> entry.stage == Stage.CONNECTED ? 0 : 1)
                .expireAfter(Expiry.writing((String callSid, Entry entry) -> remaining(entry)))
                .evictionListener((@Nullable String callSid, @Nullable Entry entry, RemovalCause cause) -> {
                    if (entry != null) {
                        callSids.remove(entry.token);
                    }
                })
                .build();
        this.answers = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .build();
    }

    /** Where a call stands. */
    sealed interface Standing {}

    /** The call may connect, or is connected, with this token. */
    record Ticket(String token, String callSid, AgentProfile profile) implements Standing {

        @Override
        public String toString() {
            return "Ticket[" + callSid + "]";
        }
    }

    /** The call was here and its session is over. */
    record Over(AgentProfile profile) implements Standing {}

    /** The call was never here, or that is long ago. */
    record Unknown() implements Standing {}

    /** Where the call stands. */
    Future<Standing> standing(String callSid) {
        return Future.succeededFuture(standing(callSid, calls.getIfPresent(callSid)));
    }

    /** Gives a new call its ticket; a call that is known keeps what it has. */
    Future<Standing> issue(String callSid, AgentProfile profile) {
        var entry = calls.asMap().compute(callSid, (sid, known) -> known == null ? issued(sid, profile, 0) : known);
        return Future.succeededFuture(standing(callSid, entry));
    }

    /** Gives a call whose session broke another ticket, once; {@link Over} when it had that already, {@link Unknown} never. */
    Future<Standing> renew(String callSid, AgentProfile profile) {
        var entry = calls.asMap().compute(callSid, (sid, known) -> {
            if (known == null) {
                return issued(sid, profile, 1);
            }
            callSids.remove(known.token);
            return known.reconnects < RECONNECTS ? issued(sid, profile, known.reconnects + 1) : ended(known);
        });
        return Future.succeededFuture(standing(callSid, entry));
    }

    /** The ticket with this token, as long as it is good or in use. */
    Future<Optional<Ticket>> find(String token) {
        var callSid = callSids.get(token);
        var entry = callSid == null ? null : calls.getIfPresent(callSid);
        return Future.succeededFuture(
                callSid != null && entry != null && entry.token.equals(token) && entry.stage != Stage.ENDED
                        ? Optional.of(new Ticket(token, callSid, entry.profile))
                        : Optional.empty());
    }

    /** Uses the ticket; false if it is in use or not good any more. */
    Future<Boolean> connect(Ticket ticket) {
        var taken = new boolean[1];
        change(ticket, entry -> {
            taken[0] = entry.stage == Stage.ISSUED;
            return taken[0] ? entry.at(Stage.CONNECTED, Long.MAX_VALUE) : entry;
        });
        return Future.succeededFuture(taken[0]);
    }

    /** Notes which session the connection carries. */
    Future<Void> begin(Ticket ticket, String sessionId) {
        change(
                ticket,
                entry -> new Entry(
                        entry.stage, entry.token, entry.profile, entry.reconnects, sessionId, entry.deadline));
        return Future.succeededFuture();
    }

    /** The connection is gone, and with it what its ticket was good for. */
    Future<Void> disconnect(Ticket ticket) {
        change(ticket, this::ended);
        return Future.succeededFuture();
    }

    /**
     * The session is over, says Twilio; false if another session of the call is connected, which stays as it is.
     *
     * @param sessionId as Twilio names it; empty if it doesn't
     */
    Future<Boolean> close(String callSid, String sessionId) {
        var mine = new boolean[] {true};
        calls.asMap().computeIfPresent(callSid, (sid, known) -> {
            mine[0] = known.stage != Stage.CONNECTED || sessionId.isEmpty() || known.session.equals(sessionId);
            return mine[0] ? ended(known) : known;
        });
        return Future.succeededFuture(mine[0]);
    }

    /** The answer that was given under this key, or else the one that is made now. */
    Future<String> once(String key, Supplier<Future<String>> answer) {
        return answers.get(key, missing -> answer.get());
    }

    /** How many tickets are good or in use. */
    public int count() {
        calls.cleanUp();
        return callSids.size();
    }

    private void change(Ticket ticket, UnaryOperator<Entry> change) {
        calls.asMap()
                .computeIfPresent(
                        ticket.callSid, (sid, known) -> known.token.equals(ticket.token) ? change.apply(known) : known);
    }

    private Entry issued(String callSid, AgentProfile profile, int reconnects) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        callSids.put(token, callSid);
        return new Entry(Stage.ISSUED, token, profile, reconnects, "", after(UNUSED));
    }

    private Entry ended(Entry entry) {
        callSids.remove(entry.token);
        return entry.stage == Stage.ENDED ? entry : entry.at(Stage.ENDED, after(REMEMBERED));
    }

    private long after(Duration duration) {
        return ticker.read() + duration.toNanos();
    }

    private Duration remaining(Entry entry) {
        return Duration.ofNanos(
                entry.stage == Stage.CONNECTED ? Long.MAX_VALUE : Math.max(0, entry.deadline - ticker.read()));
    }

    private static Standing standing(String callSid, @Nullable Entry entry) {
        if (entry == null) {
            return new Unknown();
        }
        return entry.stage == Stage.ENDED ? new Over(entry.profile) : new Ticket(entry.token, callSid, entry.profile);
    }

    private enum Stage {
        ISSUED,
        CONNECTED,
        ENDED
    }

    /**
     * What is known of a call.
     *
     * @param session Twilio's name of the session that is connected, empty before its {@code setup}
     * @param deadline when the entry may be forgotten, in the ticker's nanoseconds; of no meaning while connected
     */
    private record Entry(
            Stage stage, String token, AgentProfile profile, int reconnects, String session, long deadline) {

        Entry at(Stage next, long until) {
            return new Entry(next, token, profile, reconnects, session, until);
        }
    }
}
