package dev.callbus.servicenow;

import dev.callbus.servicenow.table.Condition;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.EncodedQuery;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableFailure;
import dev.callbus.servicenow.table.TableQuery;
import dev.callbus.time.LoopTime;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The values of the choice columns of incidents, remembered for a while. For one event loop. */
final class Choices {
    private static final int MOST = 1000;

    private final TableClient client;
    private final Duration life;
    private final Map<String, Known> known = new HashMap<>();

    Choices(TableClient client, Duration life) {
        this.client = client;
        this.life = life;
    }

    /**
     * A value of a choice column.
     *
     * @param dependent the value of another column that it goes with, or empty
     */
    record Choice(String value, String label, String dependent) {
        private boolean isMeantBy(String text) {
            return value.equalsIgnoreCase(text) || label.equalsIgnoreCase(text);
        }
    }

    private record Known(List<Choice> choices, long end) {}

    /** The values of a column. */
    Future<List<Choice>> of(String column, Deadline deadline) {
        var before = known.get(column);
        if (before != null && before.end() - LoopTime.nanos() > 0) {
            return Future.succeededFuture(before.choices());
        }
        var filter = EncodedQuery.where(
                Condition.oneOf("name", List.of("incident", "task")),
                Condition.is("element", column),
                Condition.is("inactive", "false"),
                Condition.is("language", "en"));
        var query = new TableQuery("sys_choice", filter, List.of("value", "label", "dependent_value"), MOST);
        return client.find(query, deadline)
                .map(rows -> rows.all())
                .recover(Choices::noneIfForbidden)
                .map(Choices::specific)
                .onSuccess(choices -> known.put(column, new Known(choices, LoopTime.nanos() + life.toNanos())));
    }

    /** The value of a column that this value or label means. */
    Future<Optional<Choice>> find(String column, String text, Deadline deadline) {
        return find(column, text, choice -> true, deadline);
    }

    /** The same among the values that go with a value of another column. */
    Future<Optional<Choice>> find(String column, String text, String dependent, Deadline deadline) {
        return find(
                column,
                text,
                choice -> choice.dependent().isEmpty() || choice.dependent().equalsIgnoreCase(dependent),
                deadline);
    }

    private Future<Optional<Choice>> find(String column, String text, Predicate<Choice> fits, Deadline deadline) {
        return of(column, deadline)
                .map(choices -> choices.stream()
                        .filter(fits)
                        .filter(choice -> choice.isMeantBy(text.strip()))
                        .findFirst());
    }

    /** Those of the table itself if there are any, else those that it inherits. */
    private static List<Choice> specific(List<Row> rows) {
        var own = rows.stream()
                .filter(row -> row.value("name").equals("incident"))
                .toList();
        return (own.isEmpty() ? rows : own)
                .stream()
                        .map(row -> new Choice(row.value("value"), row.value("label"), row.value("dependent_value")))
                        .filter(choice -> !choice.value().isEmpty())
                        .toList();
    }

    private static Future<List<Row>> noneIfForbidden(Throwable cause) {
        return cause instanceof TableFailure failure && failure.isVerdict()
                ? Future.succeededFuture(List.of())
                : Future.failedFuture(cause);
    }
}
