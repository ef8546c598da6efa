package dev.callbus.sandbox.servicenow.platform;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables that the instance has. */
public final class Dictionary {
    private final Map<String, Table> tables = new LinkedHashMap<>();

    public Dictionary() {
        List.of(
                        incident(),
                        user(),
                        group(),
                        choice(),
                        journal(),
                        interaction(),
                        interactionRelatedRecord(),
                        attachment())
                .forEach(table -> tables.put(table.name(), table));
    }

    public Collection<Table> tables() {
        return tables.values();
    }

    public Optional<Table> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** A table that is known to exist. */
    public Table require(String name) {
        return table(name).orElseThrow(() -> new IllegalArgumentException("no table " + name));
    }

    private static Table incident() {
        return Table.named("incident")
                .extending("task")
                .numbered("INC")
                .text("short_description", "Short description", 160)
                .text("description", "Description", 4000)
                .reference("caller_id", "Caller", "sys_user")
                .integer("state", "State")
                .integer("incident_state", "Incident state")
                .integer("hold_reason", "On hold reason")
                .integer("impact", "Impact")
                .integer("urgency", "Urgency")
                .integer("priority", "Priority")
                .integer("severity", "Severity")
                .word("category", "Category")
                .word("subcategory", "Subcategory")
                .word("contact_type", "Channel")
                .reference("assignment_group", "Assignment group", "sys_user_group")
                .reference("assigned_to", "Assigned to", "sys_user")
                .word("cmdb_ci", "Configuration item")
                .word("location", "Location")
                .journal("comments", "Additional comments")
                .journal("work_notes", "Work notes")
                .text("correlation_id", "Correlation ID", 100)
                .text("correlation_display", "Correlation display", 100)
                .bool("active", "Active")
                .time("opened_at", "Opened")
                .reference("opened_by", "Opened by", "sys_user")
                .word("close_code", "Resolution code")
                .text("close_notes", "Close notes", 4000)
                .time("resolved_at", "Resolved")
                .reference("resolved_by", "Resolved by", "sys_user")
                .time("closed_at", "Closed")
                .reference("closed_by", "Closed by", "sys_user")
                .integer("reopen_count", "Reopen count")
                .time("reopened_time", "Last reopened at")
                .reference("reopened_by", "Last reopened by", "sys_user")
                .integer("reassignment_count", "Reassignment count")
                .integer("escalation", "Escalation")
                .integer("notify", "Notify")
                .bool("made_sla", "Made SLA")
                .bool("knowledge", "Knowledge")
                .time("due_date", "Due date")
                .time("sla_due", "SLA due")
                .word("approval", "Approval")
                .word("upon_approval", "Upon approval")
                .word("upon_reject", "Upon reject")
                .word("problem_id", "Problem")
                .word("parent_incident", "Parent Incident")
                .reference("sys_domain", "Domain", "sys_user_group")
                .readOnly("active", "resolved_at", "resolved_by", "closed_at", "closed_by", "sys_domain")
                .readOnly("reopen_count", "reopened_time", "reopened_by", "reassignment_count", "made_sla")
                .build();
    }

    private static Table user() {
        return Table.named("sys_user")
                .word("user_name", "User ID")
                .text("name", "Name", 151)
                .text("first_name", "First name", 50)
                .text("last_name", "Last name", 50)
                .text("email", "Email", 100)
                .word("phone", "Business phone")
                .word("mobile_phone", "Mobile phone")
                .word("home_phone", "Home phone")
                .bool("active", "Active")
                .bool("locked_out", "Locked out")
                .bool("web_service_access_only", "Web service access only")
                .bool("vip", "VIP")
                .text("title", "Title", 60)
                .word("department", "Department")
                .word("location", "Location")
                .word("employee_number", "Employee number")
                .reference("manager", "Manager", "sys_user")
                .word("time_zone", "Time zone")
                .word("preferred_language", "Language")
                .integer("failed_attempts", "Failed login attempts")
                .time("last_login_time", "Last login time")
                .administrators("failed_attempts", "last_login_time")
                .build();
    }

    private static Table group() {
        return Table.named("sys_user_group")
                .text("name", "Name", 80)
                .text("description", "Description", 1000)
                .text("email", "Group email", 100)
                .reference("manager", "Manager", "sys_user")
                .bool("active", "Active")
                .build();
    }

    private static Table choice() {
        return Table.named("sys_choice")
                .shownBy("label")
                .text("name", "Table", 80)
                .text("element", "Element", 80)
                .text("value", "Value", 60)
                .text("label", "Label", 100)
                .word("language", "Language")
                .integer("sequence", "Sequence")
                .text("dependent_value", "Dependent value", 100)
                .bool("inactive", "Inactive")
                .build();
    }

    private static Table journal() {
        return Table.named("sys_journal_field")
                .shownBy("element")
                .text("name", "Name", 80)
                .text("element", "Element", 80)
                .word("element_id", "Element ID")
                .text("value", "Value", 4000)
                .build();
    }

    private static Table interaction() {
        return Table.named("interaction")
                .numbered("IMS")
                .word("type", "Type")
                .word("channel", "Channel")
                .word("state", "State")
                .word("state_reason", "State reason")
                .word("direction", "Direction")
                .text("short_description", "Short description", 160)
                .reference("opened_for", "Opened for", "sys_user")
                .reference("assigned_to", "Assigned to", "sys_user")
                .reference("assignment_group", "Assignment group", "sys_user_group")
                .time("opened_at", "Opened")
                .time("closed_at", "Closed")
                .bool("active", "Active")
                .text("correlation_id", "Correlation ID", 100)
                .text("caller_phone_number", "Caller phone number", 40)
                .journal("work_notes", "Work notes")
                .readOnly("active", "closed_at")
                .build();
    }

    private static Table interactionRelatedRecord() {
        return Table.named("interaction_related_record")
                .shownBy("document_id")
                .reference("interaction", "Interaction", "interaction")
                .text("document_table", "Document table", 80)
                .word("document_id", "Document")
                .reference("task", "Task", "incident")
                .word("type", "Type")
                .build();
    }

    private static Table attachment() {
        return Table.named("sys_attachment")
                .shownBy("file_name")
                .text("file_name", "File name", 100)
                .text("table_name", "Table name", 80)
                .word("table_sys_id", "Table sys ID")
                .text("content_type", "Content type", 127)
                .integer("size_bytes", "Size bytes")
                .text("hash", "Hash", 64)
                .bool("compressed", "Compressed")
                .word("state", "State")
                .build();
    }
}
