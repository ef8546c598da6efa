/** The ConversationRelay channel: voice webhook, TwiML, and the WebSocket gateway. */
@NullMarked
package dev.callbus.channel.relay;

import org.jspecify.annotations.NullMarked;
