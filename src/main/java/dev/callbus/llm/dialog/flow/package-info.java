/** A flow as data: what an agent says, asks and does in its conversations. */
@NullMarked
package dev.callbus.llm.dialog.flow;

import org.jspecify.annotations.NullMarked;
