/** A phone call: its state machine without I/O, the verticle around it, and the supervisor of all calls of a node. */
@NullMarked
package dev.callbus.call;

import org.jspecify.annotations.NullMarked;
