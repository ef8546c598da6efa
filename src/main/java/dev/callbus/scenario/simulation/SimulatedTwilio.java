package dev.callbus.scenario.simulation;

import dev.callbus.config.CallbusConfig;
import dev.callbus.config.SandboxKey;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.Tunnel;
import dev.callbus.sandbox.twilio.rest.CallsResource;
import dev.callbus.sandbox.twilio.rest.MessagesOptions;
import dev.callbus.sandbox.twilio.rest.MessagesResource;
import dev.callbus.sandbox.twilio.rest.RestFaults;
import dev.callbus.sandbox.twilio.rest.RestServer;
import dev.callbus.sandbox.twilio.rest.VerifyOptions;
import dev.callbus.sandbox.twilio.rest.VerifyResource;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Twilio of a simulation: REST with Verify, messages and calls, and the phone network that leads to the server. */
final class SimulatedTwilio {
    private static final int REQUESTS_PER_SECOND = 100;

    private final Vertx vertx;
    private final CallbusConfig config;
    private final Consumer<PhoneMessage> phones;
    private final VerifyResource verify;
    private final RestServer server;
    private @Nullable PhoneNetwork network;

    SimulatedTwilio(Vertx vertx, CallbusConfig config, Consumer<PhoneMessage> phones) {
        this.vertx = vertx;
        this.config = config;
        this.phones = phones;
        var twilio = config.twilio();
        var service = config.verify().serviceSid();
        this.verify = new VerifyResource(
                VerifyOptions.lifelike(twilio.accountSid(), service == null ? SandboxKey.VERIFY_SERVICE_SID : service)
                        .withCodeLength(config.verify().codeLength())
                        .withRandom(LoopTime.random()),
                code -> phones.accept(message(code)));
        this.server = new RestServer(vertx, twilio.accountSid(), token(), List.of(verify), 0);
    }

    Future<SimulatedTwilio> start() {
        return server.start().map(this);
    }

    URI url() {
        return URI.create(server.baseUrl());
    }

    /** Leads calls and their webhooks to the server at this port. */
    void connect(int port) {
        var sid = config.twilio().accountSid();
        var options = PhoneNetworkOptions.lifelike(
                sid, token(), new Tunnel(config.server().publicUrl(), "127.0.0.1", port));
        var numbers = Set.of(number());
        var connected = new PhoneNetwork(vertx, options);
        network = connected;
        server.add(new CallsResource(sid, connected, numbers, REQUESTS_PER_SECOND));
        server.add(new MessagesResource(
                vertx,
                options,
                MessagesOptions.lifelike(numbers),
                message -> phones.accept(new PhoneMessage(message.to(), "sms", message.body(), ""))));
    }

    /** The number of the server. */
    String number() {
        var from = config.twilio().fromNumber();
        return from == null ? SandboxKey.PHONE_NUMBER : from;
    }

    PhoneNetwork network() {
        return Objects.requireNonNull(network, "not connected");
    }

    RestFaults verifyFaults() {
        return verify.faults();
    }

    Future<Void> close() {
        return network == null ? server.close() : network.close().eventually(server::close);
    }

    private String token() {
        return config.twilio().authTokens().getFirst().reveal();
    }

    private static PhoneMessage message(VerifyResource.Delivery code) {
        var text = code.channel().equals("call")
                ? "A call reads out: Your Callbus verification code is " + code.code() + "."
                : "Your Callbus verification code is: " + code.code();
        return new PhoneMessage(code.to(), code.channel(), text, code.code());
    }
}
