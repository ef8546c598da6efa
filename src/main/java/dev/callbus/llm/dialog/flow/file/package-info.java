/** Flow files: YAML that is read strictly, every fault with file, line and remedy. */
@NullMarked
package dev.callbus.llm.dialog.flow.file;

import org.jspecify.annotations.NullMarked;
