/** Text messages: SMS and WhatsApp, answered by the same calls as conversations in writing. */
@NullMarked
package dev.callbus.channel.sms;

import org.jspecify.annotations.NullMarked;
