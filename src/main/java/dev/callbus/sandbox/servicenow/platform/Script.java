package dev.callbus.sandbox.servicenow.platform;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code javascript:} expressions that encoded queries use as values. */
final class Script {
    private static final String PREFIX = "javascript:";
    private static final Pattern CALL = Pattern.compile("(?:gs\\.)?(?<name>\\w+)\\((?<arguments>[^)]*)\\);?");
    private static final Pattern USER_ID = Pattern.compile("gs\\.getUser\\(\\)\\.getID\\(\\);?");

    private final Session session;
    private final LocalDate today;

    Script(Session session) {
        this.session = session;
        this.today = LocalDate.ofInstant(session.now(), session.zone());
    }

    /** A value with its expression worked out; empty if it is one that this instance doesn't know. */
    Optional<String> value(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.of(text);
        }
        var expression = text.substring(PREFIX.length()).strip();
        if (USER_ID.matcher(expression).matches()) {
            return Optional.of(session.userId());
        }
        var call = CALL.matcher(expression);
        return call.matches() ? call(call.group("name"), call.group("arguments")) : Optional.empty();
    }

    private Optional<String> call(String name, String arguments) {
        return switch (name) {
            case "getUserID" -> Optional.of(session.userId());
            case "getUserName" -> Optional.of(session.userName());
            case "now", "nowDateTime" -> Optional.of(Times.stored(session.now()));
            case "beginningOfToday" -> startOf(today);
            case "endOfToday" -> endOf(today);
            case "beginningOfYesterday" -> startOf(today.minusDays(1));
            case "endOfYesterday" -> endOf(today.minusDays(1));
            case "beginningOfThisWeek" -> startOf(monday());
            case "endOfThisWeek" -> endOf(monday().plusDays(6));
            case "beginningOfLastWeek" -> startOf(monday().minusWeeks(1));
            case "endOfLastWeek" -> endOf(monday().minusDays(1));
            case "beginningOfThisMonth" -> startOf(today.withDayOfMonth(1));
            case "endOfThisMonth" -> endOf(today.with(TemporalAdjusters.lastDayOfMonth()));
            case "beginningOfLastMonth" -> startOf(today.withDayOfMonth(1).minusMonths(1));
            case "endOfLastMonth" -> endOf(today.withDayOfMonth(1).minusDays(1));
            case "beginningOfThisYear" -> startOf(today.withDayOfYear(1));
            case "endOfThisYear" -> endOf(today.with(TemporalAdjusters.lastDayOfYear()));
            case "minutesAgo", "minutesAgoStart", "minutesAgoEnd" -> ago(arguments, ChronoUnit.MINUTES);
            case "hoursAgo", "hoursAgoStart", "hoursAgoEnd" -> ago(arguments, ChronoUnit.HOURS);
            case "daysAgo" -> ago(arguments, ChronoUnit.DAYS);
            case "daysAgoStart" -> number(arguments).flatMap(days -> startOf(today.minusDays(days)));
            case "daysAgoEnd" -> number(arguments).flatMap(days -> endOf(today.minusDays(days)));
            case "dateGenerate" ->
                Times.storedFrom(arguments.replace("'", "").replace("\"", "").replaceAll(",\\s*", " "), session.zone());
            default -> Optional.empty();
        };
    }

    private LocalDate monday() {
        return today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private Optional<String> startOf(LocalDate day) {
        return Optional.of(Times.stored(day.atStartOfDay(session.zone()).toInstant()));
    }

    private Optional<String> endOf(LocalDate day) {
        return Optional.of(Times.stored(
                day.plusDays(1).atStartOfDay(session.zone()).toInstant().minusSeconds(1)));
    }

    private Optional<String> ago(String count, ChronoUnit unit) {
        return number(count).map(number -> Times.stored(before(number, unit)));
    }

    private Instant before(long count, ChronoUnit unit) {
        return session.now().minus(count, unit);
    }

    private static Optional<Long> number(String text) {
        return text.strip().matches("-?\\d{1,6}") ? Optional.of(Long.valueOf(text.strip())) : Optional.empty();
    }
}
