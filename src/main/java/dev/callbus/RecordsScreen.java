package dev.callbus;

import dev.callbus.sandbox.servicenow.Ledger;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Shows in the terminal what a call left in the sandbox's ServiceNow. */
final class RecordsScreen {
    private static final int WIDTH = 110;
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final List<String> SHOWN = List.of(
            "short_description",
            "priority",
            "state",
            "correlation_id",
            "work_notes",
            "comments",
            "close_notes",
            "document_table",
            "file_name");

    private final Ledger ledger;
    private final PrintStream out = DialCommand.terminal();

    RecordsScreen(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Waits until the call is on record, and shows all writes; blocks. */
    void show(String callSid) throws InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (!isFiled(callSid) && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
        out.println();
        out.println("Written to ServiceNow:");
        for (var entry : ledger.entries()) {
            if (!entry.table().equals("sys_journal_field")) {
                show(entry);
            }
        }
    }

    /** The work note on a ticket, or the transcript if the call had no ticket, is what is written last. */
    private boolean isFiled(String callSid) {
        var tables = ledger.entries().stream().map(Ledger.Entry::table).toList();
        return ledger.records("interaction", "correlation_id", callSid).stream()
                        .anyMatch(interaction -> !ledger.attachments(interaction.getOrDefault("sys_id", ""))
                                .isEmpty())
                && tables.getLast().equals("incident") == tables.contains("interaction_related_record");
    }

    private void show(Ledger.Entry entry) {
        var verb = entry.operation().toString().toLowerCase(Locale.ROOT);
        out.println("  " + verb + " " + entry.table() + " " + entry.number());
        for (var field : SHOWN) {
            var value = entry.changes().getOrDefault(field, "");
            if (!value.isEmpty()) {
                out.println("      " + shortened(field + ": " + value.replace('\n', ' ')));
            }
        }
    }

    private static String shortened(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
