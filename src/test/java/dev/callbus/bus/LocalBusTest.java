package dev.callbus.bus;

import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The exchanges within one node. */
class LocalBusTest extends BusContract {
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        ProtocolCodec.install(vertx, List.of(StreamProtocol.class, Talk.class));
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().await(10, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Override
    Vertx asking() {
        return vertx;
    }

    @Override
    Vertx answering() {
        return vertx;
    }

    @Override
    Reach reach() {
        return Reach.NODE;
    }
}
