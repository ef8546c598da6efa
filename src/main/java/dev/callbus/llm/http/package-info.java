/** What the edges to all vendors share: one attempt at an answer over HTTP, its server-sent events and its errors. */
@NullMarked
package dev.callbus.llm.http;

import org.jspecify.annotations.NullMarked;
