/** Conversations in writing: the same calls, whose caller types. */
@NullMarked
package dev.callbus.channel.chat;

import org.jspecify.annotations.NullMarked;
