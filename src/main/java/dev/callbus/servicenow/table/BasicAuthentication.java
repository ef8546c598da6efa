package dev.callbus.servicenow.table;

import dev.callbus.config.ServiceNowSettings;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Name and password on each request. */
final class BasicAuthentication implements Authentication {
    private final String header;

    BasicAuthentication(ServiceNowSettings.Basic credentials) {
        var pair = credentials.user() + ":" + credentials.password().reveal();
        this.header = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Future<String> header(Deadline deadline) {
        return Future.succeededFuture(header);
    }

    @Override
    public boolean renew(String refused) {
        return false;
    }
}
