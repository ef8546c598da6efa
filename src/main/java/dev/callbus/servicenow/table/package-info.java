/** ServiceNow's Table API over HTTP: safe queries, rows, authentication, retries and typed failures. */
@NullMarked
package dev.callbus.servicenow.table;

import org.jspecify.annotations.NullMarked;
