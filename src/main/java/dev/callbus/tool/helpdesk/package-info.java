/** The tools of the IT help desk: who calls, the proof of it, and tickets. */
@NullMarked
package dev.callbus.tool.helpdesk;

import org.jspecify.annotations.NullMarked;
