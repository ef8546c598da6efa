package dev.callbus.sandbox.servicenow;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.callbus.sandbox.servicenow.ServiceNowOptions.OauthClient;
import dev.callbus.sandbox.servicenow.ServiceNowOptions.User;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** A started sandbox instance with users of several roles, and a client for it. */
final class SandboxInstance implements AutoCloseable {
    static final ServiceNowOptions OPTIONS = ServiceNowOptions.lifelike("callbus", "secret")
            .withUser(new User("root", "root-secret", Set.of("admin")))
            .withUser(new User("closer", "closer-secret", Set.of("itil", "itil_admin")))
            .withUser(new User("self.service", "self-secret", Set.of()))
            .withUser(new User("victor.dumont", "locked", Set.of("itil")))
            .withUser(new User("ruth.abrams", "inactive", Set.of("itil")))
            .withOauthClient(new OauthClient("app", "app-secret", "callbus"))
            .withOauthClient(new OauthClient("bare", "bare-secret", null));

    final Vertx vertx = Vertx.vertx();
    final MovableClock clock = new MovableClock();
    final ServiceNowServer server;

    SandboxInstance() throws TimeoutException {
        this(options -> options);
    }

    SandboxInstance(UnaryOperator<ServiceNowOptions> change) throws TimeoutException {
        server = new ServiceNowServer(vertx, change.apply(OPTIONS), clock)
                .start()
                .await(10, SECONDS);
    }

    /** A client that is the integration user, with the role itil. */
    TableClient client() {
        return client("callbus", "secret");
    }

    TableClient admin() {
        return client("root", "root-secret");
    }

    TableClient client(String user, String password) {
        return TableClient.basic(server.baseUrl(), user, password);
    }

    @Override
    public void close() throws TimeoutException {
        server.close().await(10, SECONDS);
        vertx.close().await(10, SECONDS);
    }
}
