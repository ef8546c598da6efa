/** Callbus: a server for AI phone agents on Twilio, an event-bus actor system on Vert.x. */
@NullMarked
package dev.callbus;

import org.jspecify.annotations.NullMarked;
