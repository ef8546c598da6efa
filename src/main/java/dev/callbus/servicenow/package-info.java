/** ServiceNow: who calls, their tickets, and the records of calls, over the Table API. */
@NullMarked
package dev.callbus.servicenow;

import org.jspecify.annotations.NullMarked;
