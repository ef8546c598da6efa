/** Twilio's REST API as the sandbox serves it: the same resources, rules, limits and error bodies. */
@NullMarked
package dev.callbus.sandbox.twilio.rest;

import org.jspecify.annotations.NullMarked;
