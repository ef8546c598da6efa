/** What people watch a node with. */
@NullMarked
package dev.callbus.console;

import org.jspecify.annotations.NullMarked;
