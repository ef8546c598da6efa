/** What Twilio reports about a call that is over, its transcript and its recording, on the way to the call's ticket. */
@NullMarked
package dev.callbus.channel.records;

import org.jspecify.annotations.NullMarked;
