/** Who is on the line: one-time codes over Twilio Verify, and the grants that a right code yields. */
@NullMarked
package dev.callbus.verify;

import org.jspecify.annotations.NullMarked;
