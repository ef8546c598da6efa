/** The project's own benchmark: Twilio's side of many calls, a fake model service, and the smallest relay as the yardstick. */
@NullMarked
package dev.callbus.bench;

import org.jspecify.annotations.NullMarked;
