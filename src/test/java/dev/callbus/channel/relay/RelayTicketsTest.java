package dev.callbus.channel.relay;

import static dev.callbus.channel.relay.RelayRig.done;
import static dev.callbus.channel.relay.TestTwilio.callSid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.channel.relay.RelayTickets.Over;
import dev.callbus.channel.relay.RelayTickets.Ticket;
import dev.callbus.channel.relay.RelayTickets.Unknown;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RelayTicketsTest {
    private static final String CALL = callSid(1);

    private final AtomicLong nanos = new AtomicLong();
    private final RelayTickets tickets = new RelayTickets(nanos::get);

    @Test
    void givesEachCallItsOwnTokenOf32RandomBytes() {
        var tokens = new HashSet<String>();
        IntStream.range(0, 1000).forEach(i -> tokens.add(issue(callSid(i)).token()));
        assertThat(tokens).hasSize(1000).allSatisfy(token -> assertThat(token).matches("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void givesACallTheSameTicketWhileItIsUnusedOrConnected() {
        var ticket = issue(CALL);
        assertThat(issue(CALL)).isEqualTo(ticket);
        connect(ticket);
        assertThat(issue(CALL)).isEqualTo(ticket);
        assertThat(tickets.count()).isEqualTo(1);
    }

    @Test
    void forgetsATicketThatNobodyUses() {
        var ticket = issue(CALL);
        advance(Duration.ofSeconds(59));
        assertThat(issue(CALL)).isEqualTo(ticket); // which does not prolong it
        assertThat(done(tickets.find(ticket.token()))).contains(ticket);
        advance(Duration.ofSeconds(2));
        assertThat(done(tickets.find(ticket.token()))).isEmpty();
        assertThat(done(tickets.connect(ticket))).isFalse();
        assertThat(done(tickets.standing(CALL))).isInstanceOf(Unknown.class);
        assertThat(tickets.count()).isZero();
        assertThat(issue(CALL).token()).isNotEqualTo(ticket.token());
    }

    @Test
    void keepsATicketThatIsConnectedForHours() {
        var ticket = issue(CALL);
        connect(ticket);
        advance(Duration.ofHours(24));
        assertThat(done(tickets.find(ticket.token()))).contains(ticket);
        assertThat(tickets.count()).isEqualTo(1);
    }

    @Test
    void letsOnlyOneConnect() {
        var ticket = issue(CALL);
        assertThat(done(tickets.connect(ticket))).isTrue();
        assertThat(done(tickets.connect(ticket))).isFalse();
    }

    @RepeatedTest(50)
    void letsOnlyOneOfManyThreadsConnect() {
        var ticket = issue(CALL);
        var connected = IntStream.range(0, 8)
                .parallel()
                .filter(thread -> done(tickets.connect(ticket)))
                .count();
        assertThat(connected).isEqualTo(1);
    }

    @RepeatedTest(50)
    void givesManyThreadsTheSameTicket() {
        var tokens = IntStream.range(0, 8)
                .parallel()
                .mapToObj(thread -> issue(CALL).token())
                .distinct();
        assertThat(tokens).hasSize(1);
        assertThat(tickets.count()).isEqualTo(1);
    }

    @Test
    void remembersACallThatIsOverForSomeMinutes() {
        var ticket = issue(CALL);
        connect(ticket);
        done(tickets.disconnect(ticket));
        assertThat(done(tickets.standing(CALL))).isInstanceOf(Over.class);
        assertThat(done(tickets.issue(CALL, TestTwilio.profile()))).isInstanceOf(Over.class);
        assertThat(done(tickets.find(ticket.token()))).isEmpty();
        assertThat(done(tickets.connect(ticket))).isFalse();
        advance(RelayTickets.REMEMBERED.minusSeconds(1));
        assertThat(done(tickets.standing(CALL))).isInstanceOf(Over.class);
        advance(Duration.ofSeconds(2));
        assertThat(done(tickets.standing(CALL))).isInstanceOf(Unknown.class);
    }

    @Test
    void givesABrokenCallOneMoreTicket() {
        var first = issue(CALL);
        connect(first);
        done(tickets.disconnect(first));
        var second = (Ticket) done(tickets.renew(CALL, TestTwilio.profile()));
        assertThat(second.token()).isNotEqualTo(first.token());
        assertThat(done(tickets.find(first.token()))).isEmpty();
        connect(second);
        done(tickets.disconnect(first)); // a late word of the old connection
        assertThat(done(tickets.find(second.token()))).contains(second);
        done(tickets.disconnect(second));
        assertThat(done(tickets.renew(CALL, TestTwilio.profile()))).isInstanceOf(Over.class);
        assertThat(tickets.count()).isZero();
    }

    @Test
    void givesACallThatItNeverSawOneTicketAfterABreak() {
        assertThat(done(tickets.renew(CALL, TestTwilio.profile()))).isInstanceOf(Ticket.class);
        assertThat(done(tickets.renew(CALL, TestTwilio.profile()))).isInstanceOf(Over.class);
    }

    @Test
    void closesACallWhoseSessionIsOver() {
        var ticket = issue(CALL);
        connect(ticket);
        done(tickets.begin(ticket, "VX1"));
        assertThat(done(tickets.close(CALL, "VX1"))).isTrue();
        assertThat(done(tickets.find(ticket.token()))).isEmpty();
        assertThat(done(tickets.close(callSid(2), "VX1"))).isTrue();
        assertThat(done(tickets.standing(callSid(2)))).isInstanceOf(Unknown.class);
    }

    @Test
    void s14_leavesACallAloneWhenAnotherSessionIsOver() {
        var ticket = issue(CALL);
        connect(ticket);
        done(tickets.begin(ticket, "VX2"));
        assertThat(done(tickets.close(CALL, "VX1"))).isFalse();
        assertThat(done(tickets.find(ticket.token()))).contains(ticket);
    }

    @Test
    void holdsNoMoreThanItsLimit() {
        IntStream.range(0, 110_000).forEach(i -> issue(callSid(i)));
        assertThat(tickets.count()).isBetween(1, 100_000);
    }

    @Test
    void givesAnAnswerOnce() {
        var made = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(done(tickets.once("k", () -> Future.succeededFuture("a" + made.incrementAndGet()))))
                    .isEqualTo("a1");
        }
        advance(RelayTickets.REMEMBERED.plusSeconds(1));
        assertThat(done(tickets.once("k", () -> Future.succeededFuture("b")))).isEqualTo("b");
    }

    @Test
    void s12_printsNoToken() {
        var ticket = issue(CALL);
        assertThat(ticket.toString()).doesNotContain(ticket.token());
    }

    private Ticket issue(String callSid) {
        return (Ticket) done(tickets.issue(callSid, TestTwilio.profile()));
    }

    private void connect(Ticket ticket) {
        assertThat(done(tickets.connect(ticket))).isTrue();
    }

    private void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
