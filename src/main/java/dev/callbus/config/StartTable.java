package dev.callbus.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What a node tells its operator at start: for each outside system whether the real one or the sandbox is used, which one it
 * is, and how to change that. At most 100 columns wide.
 */
public record StartTable(List<Row> rows) {
    private static final int[] WIDTHS = {10, 7, 37, 38};

    public StartTable {
        rows = List.copyOf(rows);
    }

    /**
     * One outside system.
     *
     * @param which the one that is used; never a secret
     * @param change how to use another one
     */
    public record Row(String system, boolean sandboxed, String which, String change) {}

    /** The table of this configuration. */
    public static StartTable of(CallbusConfig config) {
        return new StartTable(List.of(
                twilio(config.twilio()),
                model(config.llm()),
                publicUrl(config),
                api(config),
                serviceNow(config.serviceNow())));
    }

    /** The same with one more row. */
    public StartTable with(Row row) {
        var more = new ArrayList<>(rows);
        more.add(row);
        return new StartTable(more);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        append(text, List.of("system", "mode", "which", "to change it"));
        for (var row : rows) {
            append(text, List.of(row.system(), row.sandboxed() ? "sandbox" : "real", row.which(), row.change()));
        }
        return text.toString();
    }

    private static Row twilio(TwilioSettings twilio) {
        return twilio.sandboxed()
                ? new Row("Twilio", true, "phone network on this machine", "set ACCOUNT_SID and AUTH_TOKEN")
                : new Row(
                        "Twilio",
                        false,
                        "account " + shortened(twilio.accountSid()),
                        "unset ACCOUNT_SID and AUTH_TOKEN");
    }

    private static Row model(LlmSettings llm) {
        var dialog = "rule-based dialog " + llm.flow();
        if (llm.chain().isEmpty()) {
            return new Row("model", false, dialog, "set OPENAI_API_KEY, or OPENAI_BASE_URL");
        }
        var first = llm.chain().getFirst();
        var more = llm.chain().size() == 1 ? "" : ", then " + (llm.chain().size() - 1) + " fallback(s)";
        var last = llm.flow() == null ? "" : ", then the " + dialog;
        return first.sandboxed()
                ? new Row("model", true, "model server on this machine" + more + last, "set OPENAI_API_KEY")
                : new Row(
                        "model",
                        false,
                        first.model() + " at " + first.baseUrl() + more + last,
                        "set LLM_PROVIDER=dialog");
    }

    private static Row publicUrl(CallbusConfig config) {
        var url = config.server().publicUrl();
        boolean local = String.valueOf(url.getHost()).endsWith("localhost");
        return new Row("public URL", local, url.toString(), "set SERVER_BASE_URL" + (local ? "" : " to another host"));
    }

    private static Row api(CallbusConfig config) {
        boolean local = config.api().keys().stream().anyMatch(key -> key.name().equals("local"));
        if (local) {
            return new Row(
                    "API key", true, config.sandbox().directory().getFileName() + "/api-key", "set CALLBUS_API_KEY");
        }
        long keys = config.api().keys().stream()
                .filter(key -> !key.name().equals("sandbox"))
                .count();
        return new Row(
                "API key",
                false,
                keys == 0 ? "none: the API is closed" : keys + (keys == 1 ? " key" : " keys"),
                "set CALLBUS_API_KEY");
    }

    private static Row serviceNow(ServiceNowSettings settings) {
        if (settings.sandboxed()) {
            return new Row("ServiceNow", true, "Table API on this machine", "set SERVICENOW_INSTANCE");
        }
        var url = settings.url();
        return url == null
                ? new Row("ServiceNow", false, "none: no tickets", "set SERVICENOW_INSTANCE")
                : new Row("ServiceNow", false, url.toString(), "unset SERVICENOW_INSTANCE");
    }

    private static String shortened(String sid) {
        return sid.substring(0, 6) + "…" + sid.substring(sid.length() - 4);
    }

    private static void append(StringBuilder text, List<String> cells) {
        var columns = new ArrayList<List<String>>();
        for (int i = 0; i < cells.size(); i++) {
            columns.add(wrapped(cells.get(i), WIDTHS[i]));
        }
        int height = columns.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            var row = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                var cell = line < columns.get(i).size() ? columns.get(i).get(line) : "";
                row.append(cell).append(" ".repeat(WIDTHS[i] - cell.length() + 2));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
    }

    /** The text in lines of this width, broken between words where there are any. */
    private static List<String> wrapped(String text, int width) {
        var lines = new ArrayList<String>();
        var rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int cut = space > 0 ? space : width;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
