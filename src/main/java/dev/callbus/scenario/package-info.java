/** Conversation tests: what a scenario is, how it is played against a whole server, and how its outcome is told. */
@NullMarked
package dev.callbus.scenario;

import org.jspecify.annotations.NullMarked;
