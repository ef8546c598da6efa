/** The time as the current event loop has it: the machine's, or a simulation's. */
@NullMarked
package dev.callbus.time;

import org.jspecify.annotations.NullMarked;
