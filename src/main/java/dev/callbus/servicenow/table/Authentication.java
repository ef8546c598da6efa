package dev.callbus.servicenow.table;

import io.vertx.core.Future;

/** What goes into the header {@code Authorization}. */
sealed interface Authentication permits BasicAuthentication, TokenAuthentication {

    /** The header's value for the next request. */
    Future<String> header(Deadline deadline);

    /** Forgets a header that was refused; false if there can't be another one. */
    boolean renew(String refused);
}
