/** Scenario files: YAML that is read strictly, every complaint with file, line and remedy. */
@NullMarked
package dev.callbus.scenario.file;

import org.jspecify.annotations.NullMarked;
