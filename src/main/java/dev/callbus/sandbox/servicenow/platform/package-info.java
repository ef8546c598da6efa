/** The platform below ServiceNow's APIs: its dictionary, its records in an embedded database, and the rules that every write passes. */
@NullMarked
package dev.callbus.sandbox.servicenow.platform;

import org.jspecify.annotations.NullMarked;
