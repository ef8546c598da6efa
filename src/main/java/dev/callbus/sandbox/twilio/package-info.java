/** The sandbox of Twilio: a phone network that does to a server what Twilio does, over the same wire and as strict. */
@NullMarked
package dev.callbus.sandbox.twilio;

import org.jspecify.annotations.NullMarked;
