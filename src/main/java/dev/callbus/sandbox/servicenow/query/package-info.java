/** The grammar of ServiceNow's encoded queries: text in, conditions out. It knows no tables and no SQL. */
@NullMarked
package dev.callbus.sandbox.servicenow.query;

import org.jspecify.annotations.NullMarked;
