package dev.callbus.servicenow;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callbus.bus.Protocol;
import dev.callbus.bus.ProtocolCodec;
import dev.callbus.config.Secret;
import dev.callbus.config.ServiceNowSettings;
import dev.callbus.servicenow.table.TableStub;
import dev.callbus.servicenow.table.TableTiming;
import dev.callbus.verify.Grant;
import dev.callbus.verify.Seal;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The verticle against the stub, with short times. */
final class ServiceNowRig implements AutoCloseable {
    static final String CALL = "CA0123456789abcdef0123456789abcdef";

    final Vertx vertx = Vertx.vertx();
    final TableStub stub;
    final BlockingQueue<ServiceNowProtocol.Filed> filed = new LinkedBlockingQueue<>();
    final String abel;
    final String beth;
    private final Seal seal = new Seal(new Secret("0123456789abcdef"));
    private final Path outbox;
    private final ServiceNowTiming timing;
    private String deployment = "";

    ServiceNowRig(Path outbox, ServiceNowTiming timing) throws Exception {
        ProtocolCodec.install(vertx, List.<Class<? extends Protocol>>of(ServiceNowProtocol.class));
        this.outbox = outbox;
        this.timing = timing;
        stub = new TableStub(vertx);
        abel = stub.add(
                "sys_user",
                "name",
                "Abel Tuter",
                "first_name",
                "Abel",
                "email",
                "Abel.Tuter@example.com",
                "employee_number",
                "E-17",
                "mobile_phone",
                "+1 (555) 000-1111",
                "phone",
                "555.000.2222",
                "home_phone",
                "",
                "active",
                "true",
                "locked_out",
                "false");
        beth = stub.add(
                "sys_user",
                "name",
                "Beth Anglin",
                "first_name",
                "Beth",
                "email",
                "beth@example.com",
                "mobile_phone",
                "",
                "phone",
                "+49 30 1234 5678",
                "home_phone",
                "",
                "active",
                "true",
                "locked_out",
                "");
        ServiceNowBus.FILED.subscribe(vertx, filed::add).await(5, SECONDS);
        start();
    }

    ServiceNowRig(Path outbox) throws Exception {
        this(outbox, timing());
    }

    static ServiceNowTiming timing() {
        return timing(Duration.ofMillis(1200));
    }

    static ServiceNowTiming timing(Duration settle) {
        return new ServiceNowTiming(
                Duration.ofMillis(2500),
                Duration.ofMillis(4000),
                Duration.ofMillis(2500),
                settle,
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofMinutes(1),
                new TableTiming(
                        Duration.ofMillis(600),
                        Duration.ofMillis(20),
                        30,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2)));
    }

    void start() throws TimeoutException {
        start(stub.url());
    }

    void start(@Nullable URI url) throws TimeoutException {
        var settings = new ServiceNowSettings(
                url,
                true,
                new ServiceNowSettings.Basic("callbus", new Secret("secret")),
                Duration.ofMillis(400),
                "US",
                outbox);
        deployment = vertx.deployVerticle(new ServiceNowVerticle(settings, seal, timing, InstantSource.system()))
                .await(10, SECONDS);
    }

    void stop() throws TimeoutException {
        vertx.undeploy(deployment).await(10, SECONDS);
    }

    Grant grant(String customer) {
        return seal.grant(CALL, customer, Instant.now(), Duration.ofMinutes(5));
    }

    ServiceNowProtocol.Creation create(NewTicket ticket) throws TimeoutException {
        return ServiceNowBus.CREATE_TICKET
                .send(vertx, new ServiceNowProtocol.CreateTicket(CALL, grant(abel), ticket))
                .await(10, SECONDS);
    }

    ServiceNowProtocol.Updated update(String key, String number, TicketChange change) throws TimeoutException {
        return ServiceNowBus.UPDATE_TICKET
                .send(vertx, new ServiceNowProtocol.UpdateTicket(CALL, grant(abel), key, number, change))
                .await(10, SECONDS);
    }

    /** Looks every few milliseconds until this is so. */
    void waitFor(BooleanSupplier condition) throws TimeoutException {
        long end = System.nanoTime() + SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("did not happen");
            }
            vertx.timer(5, MILLISECONDS).await(5, SECONDS);
        }
    }

    static NewTicket ticket(String title) {
        return new NewTicket(title, "It does not work", null, null, null, null, null, null, null);
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(10, SECONDS);
    }
}
