/** What the model may ask a call to do: tools, their schemas and the registry. */
@NullMarked
package dev.callbus.tool;

import org.jspecify.annotations.NullMarked;
