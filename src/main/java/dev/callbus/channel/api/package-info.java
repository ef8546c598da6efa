/** The HTTP API for those who run the agent: keys, requests and refusals, and what it does with calls and assets. */
@NullMarked
package dev.callbus.channel.api;

import org.jspecify.annotations.NullMarked;
