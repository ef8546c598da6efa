/** What all webhooks share: the check that Twilio sent it, and how a refusal is worded. */
@NullMarked
package dev.callbus.channel.webhook;

import org.jspecify.annotations.NullMarked;
