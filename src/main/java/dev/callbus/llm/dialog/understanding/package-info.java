/** What a caller meant: intents and entities read from an utterance by rules and by a classifier trained from example phrases. */
@NullMarked
package dev.callbus.llm.dialog.understanding;

import org.jspecify.annotations.NullMarked;
