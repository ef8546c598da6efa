/** A whole server with everything around it on one thread and in virtual time. */
@NullMarked
package dev.callbus.scenario.simulation;

import org.jspecify.annotations.NullMarked;
