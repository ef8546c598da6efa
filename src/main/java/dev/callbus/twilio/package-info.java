/** Twilio as a vendor: the check of what claims to come from it. */
@NullMarked
package dev.callbus.twilio;

import org.jspecify.annotations.NullMarked;
