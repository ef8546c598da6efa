/** Typed messages over the Vert.x event bus: the only package that touches the bus itself. */
@NullMarked
package dev.callbus.bus;

import org.jspecify.annotations.NullMarked;
