package dev.callbus.sandbox.twilio.rest;

import io.vertx.ext.web.Router;

/**
 * One of Twilio's resources. Its handlers are called with an authenticated request whose form is read
 * ({@code request.formAttributes()}); a {@link RestError} that they throw or fail the routing with becomes Twilio's answer.
 */
public interface RestResource {

    /** Adds the resource's routes, by the paths that Twilio has below its hosts, such as {@code /2010-04-01/Accounts/:account/Calls.json}. */
    void mount(Router router);
}
