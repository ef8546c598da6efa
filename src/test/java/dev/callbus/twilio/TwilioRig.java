package dev.callbus.twilio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callbus.bus.Ask;
import dev.callbus.bus.BusException;
import dev.callbus.bus.Failure;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.Secret;
import dev.callbus.config.TwilioSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Twilio control beside a played Twilio, both on the only event loop there is: whoever blocks it stops everything. */
final class TwilioRig implements AutoCloseable {
    static final RestTiming QUICK = new RestTiming(
            Duration.ofMillis(500),
            Duration.ofMillis(600),
            Duration.ofMillis(10),
            Duration.ofMillis(30),
            Duration.ofSeconds(1));
    static final String TO = "+15551230001";
    static final String FROM = "+15551230002";

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    final PlayedTwilio twilio;

    TwilioRig() throws Exception {
        ProtocolCodec.install(vertx, List.of(TwilioProtocol.class));
        twilio = new PlayedTwilio(vertx);
    }

    /** A rig with Twilio control running. */
    static TwilioRig started() throws Exception {
        var rig = new TwilioRig();
        rig.deploy(settings(rig.twilio.url()));
        return rig;
    }

    void deploy(TwilioSettings settings) throws Exception {
        vertx.deployVerticle(new TwilioVerticle(settings, QUICK)).await(5, SECONDS);
    }

    static TwilioSettings settings(@Nullable URI restUrl) {
        return new TwilioSettings(
                PlayedTwilio.ACCOUNT,
                List.of(new Secret("token"), new Secret("older")),
                true,
                null,
                null,
                null,
                restUrl,
                null,
                null);
    }

    static TwilioProtocol.PlaceCall call(String url) {
        return new TwilioProtocol.PlaceCall(TO, FROM, url, "https://example.com/status", false, Duration.ofSeconds(25));
    }

    Future<TwilioProtocol.Placed> place(String url) {
        return TwilioBus.PLACE.send(vertx, call(url));
    }

    <Q extends TwilioProtocol, A extends TwilioProtocol> A done(Ask<Q, A> ask, Q question) throws Exception {
        return ask.send(vertx, question).await(20, SECONDS);
    }

    <Q extends TwilioProtocol, A extends TwilioProtocol> BusException fails(Ask<Q, A> ask, Q question, Failure kind) {
        var e = catchThrowableOfType(BusException.class, () -> done(ask, question));
        assertThat(e).isNotNull();
        assertThat(e.failure()).as(String.valueOf(e.getMessage())).isEqualTo(kind);
        return e;
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(10, SECONDS);
    }
}
