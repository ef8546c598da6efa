/** Twilio as a vendor: the check of what claims to come from it, and what is asked of its REST API. */
@NullMarked
package dev.callbus.twilio;

import org.jspecify.annotations.NullMarked;
