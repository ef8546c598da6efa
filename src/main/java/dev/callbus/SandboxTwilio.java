package dev.callbus;

import dev.callbus.config.CallbusConfig;
import dev.callbus.config.SandboxKey;
import dev.callbus.sandbox.twilio.PhoneNetwork;
import dev.callbus.sandbox.twilio.PhoneNetworkOptions;
import dev.callbus.sandbox.twilio.Tunnel;
import dev.callbus.sandbox.twilio.rest.CallsResource;
import dev.callbus.sandbox.twilio.rest.MessagesOptions;
import dev.callbus.sandbox.twilio.rest.MessagesResource;
import dev.callbus.sandbox.twilio.rest.RestServer;
import dev.callbus.sandbox.twilio.rest.SyncOptions;
import dev.callbus.sandbox.twilio.rest.SyncResource;
import dev.callbus.sandbox.twilio.rest.SyncStore;
import dev.callbus.sandbox.twilio.rest.VerifyOptions;
import dev.callbus.sandbox.twilio.rest.VerifyResource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Twilio's REST APIs for a node without an account: calls that it places ring on a phone network of its own. */
final class SandboxTwilio {
    private static final Logger log = LoggerFactory.getLogger(SandboxTwilio.class);

    /** As often as an account with a few numbers may ask. */
    private static final int REQUESTS_PER_SECOND = 100;

    private final Vertx vertx;
    private final CallbusConfig config;
    private final RestServer server;
    private @Nullable PhoneNetwork network;

    private SandboxTwilio(Vertx vertx, CallbusConfig config, RestServer server) {
        this.vertx = vertx;
        this.config = config;
        this.server = server;
    }

    /** Starts it; what needs the node comes with {@link #connect}. */
    static Future<SandboxTwilio> start(Vertx vertx, CallbusConfig config) {
        var twilio = config.twilio();
        var sync = new SyncResource(new SyncStore(), SyncOptions.lifelike(twilio.accountSid()));
        var inbox = new PhoneInbox(config.sandbox().directory());
        var service = config.verify().serviceSid() == null
                ? SandboxKey.VERIFY_SERVICE_SID
                : config.verify().serviceSid();
        var verify = new VerifyResource(
                VerifyOptions.lifelike(twilio.accountSid(), service)
                        .withCodeLength(config.verify().codeLength()),
                code -> inbox.deliver(vertx, code.to(), words(code)));
        var server = new RestServer(
                vertx, twilio.accountSid(), twilio.authTokens().getFirst().reveal(), List.of(sync, verify), 0);
        return server.start().map(started -> new SandboxTwilio(vertx, config, started));
    }

    /** Where it is. */
    URI url() {
        return URI.create(server.baseUrl());
    }

    /** Leads calls and their webhooks to the node at this port. */
    void connect(int port) {
        var twilio = config.twilio();
        var numbers = Set.of(twilio.fromNumber() == null ? SandboxKey.PHONE_NUMBER : twilio.fromNumber());
        var options = PhoneNetworkOptions.lifelike(
                twilio.accountSid(),
                twilio.authTokens().getFirst().reveal(),
                new Tunnel(config.server().publicUrl(), "127.0.0.1", port));
        network = new PhoneNetwork(vertx, options);
        server.add(new CallsResource(twilio.accountSid(), network, numbers, REQUESTS_PER_SECOND));
        server.add(new MessagesResource(vertx, options, MessagesOptions.lifelike(numbers), message -> {
            log.info("a text message reached the sandbox's phone [sid: {}]", message.sid());
            new PhoneInbox(config.sandbox().directory()).deliver(vertx, message.to(), message.body());
        }));
    }

    private static String words(VerifyResource.Delivery code) {
        return code.channel().equals("call")
                ? "A call reads out: Your Callbus verification code is " + code.code() + "."
                : "Your Callbus verification code is: " + code.code();
    }

    /** The phone network that the node's calls ring on. */
    PhoneNetwork network() {
        if (network == null) {
            throw new IllegalStateException("not connected");
        }
        return network;
    }

    Future<Void> close() {
        return network == null ? server.close() : network.close().eventually(server::close);
    }
}
