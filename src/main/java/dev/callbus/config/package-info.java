/** The configuration of a node as records, loaded from YAML and the environment and checked as a whole. */
@NullMarked
package dev.callbus.config;

import org.jspecify.annotations.NullMarked;
