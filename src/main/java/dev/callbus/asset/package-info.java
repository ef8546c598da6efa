/** What an operator edits without touching code: the agent's context, its relay settings and tool manifests. */
@NullMarked
package dev.callbus.asset;

import org.jspecify.annotations.NullMarked;
