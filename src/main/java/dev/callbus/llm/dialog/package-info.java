/** The dialog model: conversations by rule, from flow files, for when there is no other model or none answers. */
@NullMarked
package dev.callbus.llm.dialog;

import org.jspecify.annotations.NullMarked;
