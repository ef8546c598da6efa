/** A ServiceNow instance of our own: the Table, Attachment and Aggregate APIs with their shapes, refusals and traps. */
@NullMarked
package dev.callbus.sandbox.servicenow;

import org.jspecify.annotations.NullMarked;
