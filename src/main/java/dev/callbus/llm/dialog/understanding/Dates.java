package dev.callbus.llm.dialog.understanding;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a day as a caller says it: "today", "since Monday", "two days ago", "March 3rd", "last week". A day without a year is the
 * latest one that is not in the future.
 */
final class Dates {
    private static final Map<String, Integer> DAYS_FROM_TODAY = Map.ofEntries(
            Map.entry("today", 0),
            Map.entry("tonight", 0),
            Map.entry("hoy", 0),
            Map.entry("yesterday", -1),
            Map.entry("ayer", -1),
            Map.entry("anteayer", -2),
            Map.entry("tomorrow", 1));
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "day", ChronoUnit.DAYS,
            "days", ChronoUnit.DAYS,
            "week", ChronoUnit.WEEKS,
            "weeks", ChronoUnit.WEEKS,
            "month", ChronoUnit.MONTHS,
            "months", ChronoUnit.MONTHS,
            "year", ChronoUnit.YEARS,
            "years", ChronoUnit.YEARS);
    private static final Map<String, Integer> AMOUNTS = Map.of("a", 1, "an", 1, "couple", 2, "few", 3);
    private static final Set<String> PARTS_OF_DAY = Set.of("morning", "afternoon", "evening", "noon");
    private static final Map<String, DayOfWeek> WEEKDAYS = weekdays();
    private static final Map<String, Month> MONTHS = months();
    private static final Set<String> ORDINAL_ENDINGS = Set.of("st", "nd", "rd", "th");

    private final List<String> words;
    private final LocalDate today;

    private Dates(List<String> words, LocalDate today) {
        this.words = words;
        this.today = today;
    }

    /** The first day that an utterance names, seen from this day. */
    static Optional<LocalDate> find(String utterance, LocalDate today) {
        var words = Word.of(utterance).stream()
                .map(Word::text)
                .filter(text -> !text.equals(","))
                .toList();
        var dates = new Dates(words, today);
        for (int at = 0; at < words.size(); at++) {
            var date = dates.at(at);
            if (date != null) {
                return Optional.of(date);
            }
        }
        return Optional.empty();
    }

    private @Nullable LocalDate at(int at) {
        String word = words.get(at);
        if (word.equals("day") && isAt(at + 1, "before") && isAt(at + 2, "yesterday")) {
            return today.minusDays(2);
        }
        Integer days = DAYS_FROM_TODAY.get(word);
        if (days != null) {
            return today.plusDays(days);
        }
        if (word.equals("this") && PARTS_OF_DAY.contains(word(at + 1))) {
            return today;
        }
        if (word.equals("last") || word.equals("past")) {
            var last = last(word(at + 1));
            if (last != null) {
                return last;
            }
        }
        var weekday = WEEKDAYS.get(word);
        if (weekday != null && !isAt(at - 1, "next")) {
            return today.with(TemporalAdjusters.previousOrSame(weekday));
        }
        var ago = ago(at);
        return ago != null ? ago : calendar(at);
    }

    private @Nullable LocalDate last(String word) {
        var unit = UNITS.get(word);
        if (unit != null) {
            return today.minus(1, unit);
        }
        if (word.equals("night")) {
            return today.minusDays(1);
        }
        var weekday = WEEKDAYS.get(word);
        return weekday == null ? null : today.with(TemporalAdjusters.previous(weekday));
    }

    /** "two days ago", "a couple of weeks ago". */
    private @Nullable LocalDate ago(int at) {
        var number = SpokenNumber.at(words, at);
        int next = at + 1;
        Integer amount = AMOUNTS.get(words.get(at));
        if (number != null && number.digits().length() <= 3) {
            amount = Integer.valueOf(number.digits());
            next = number.end();
        }
        if (amount == null) {
            return null;
        }
        if (amount == 1 && AMOUNTS.containsKey(word(next)) && !word(next).equals("a")) {
            return null;
        }
        if (isAt(next, "of")) {
            next++;
        }
        var unit = UNITS.get(word(next));
        return unit != null && isAt(next + 1, "ago") ? today.minus(amount, unit) : null;
    }

    private @Nullable LocalDate calendar(int at) {
        if (words.get(at).length() == 4
                && (isAt(at + 1, "-") || isAt(at + 1, "/"))
                && words.get(at + 1).equals(word(at + 3))) {
            return date(number(at), number(at + 2), number(at + 4));
        }
        if (isAt(at + 1, "/")) {
            int year = isAt(at + 3, "/") ? number(at + 4) : 0;
            return date(year > 0 && year < 100 ? 2000 + year : year, number(at), number(at + 2));
        }
        var month = MONTHS.get(words.get(at));
        if (month != null) {
            int day = isAt(at + 1, "the") ? at + 2 : at + 1;
            return date(year(afterDay(day)), month.getValue(), day(day));
        }
        int next = afterDay(at);
        int named = isAt(next, "of") || isAt(next, "de") ? next + 1 : next;
        month = MONTHS.get(word(named));
        return month == null || isAmbiguous(at) ? null : date(year(named + 1), month.getValue(), day(at));
    }

    /** Whether a "may" after a number is no month: "one may ask". */
    private boolean isAmbiguous(int at) {
        return word(at + 1).equals("may") && day(at) == 1 && words.get(at).equals("one");
    }

    private int day(int at) {
        var ordinal = Ordinals.value(word(at));
        if (ordinal != null) {
            var unit = ordinal % 10 == 0 ? Ordinals.value(word(at + 1)) : null;
            return ordinal + (unit != null && unit < 10 ? unit : 0);
        }
        Integer tens = SpokenNumber.value(word(at));
        if (tens != null) {
            Integer unit = tens >= 20 ? Ordinals.value(word(at + 1)) : null;
            Integer plain = tens >= 20 ? SpokenNumber.value(word(at + 1)) : null;
            int rest = unit != null ? unit : plain != null ? plain : 0;
            return tens + (rest < 10 ? rest : 0);
        }
        return number(at);
    }

    private int afterDay(int at) {
        if (ORDINAL_ENDINGS.contains(word(at + 1))) {
            return at + 2;
        }
        Integer tens = SpokenNumber.value(word(at));
        boolean two = tens != null && tens >= 20 && day(at) != tens;
        return two ? at + 2 : at + 1;
    }

    private int year(int at) {
        int year = number(isAt(at, "of") ? at + 1 : at);
        return year >= 1970 && year < 2200 ? year : 0;
    }

    private int number(int at) {
        String word = word(at);
        return word.length() <= 4 && !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(word)
                : 0;
    }

    private @Nullable LocalDate date(int year, int month, int day) {
        try {
            if (year > 0) {
                return LocalDate.of(year, month, day);
            }
            var date = LocalDate.of(today.getYear(), month, day);
            return date.isAfter(today) ? date.minusYears(1) : date;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private boolean isAt(int at, String word) {
        return word(at).equals(word);
    }

    private String word(int at) {
        return at >= 0 && at < words.size() ? words.get(at) : "";
    }

    private static Map<String, DayOfWeek> weekdays() {
        var names = new HashMap<String, DayOfWeek>();
        var spanish = List.of("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo");
        for (var day : DayOfWeek.values()) {
            names.put(day.name().toLowerCase(Locale.ROOT), day);
            names.put(spanish.get(day.getValue() - 1), day);
        }
        return names;
    }

    private static Map<String, Month> months() {
        var names = new HashMap<String, Month>();
        var spanish = List.of(
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre");
        for (var month : Month.values()) {
            String name = month.name().toLowerCase(Locale.ROOT);
            names.put(name, month);
            names.putIfAbsent(name.substring(0, 3), month);
            names.put(spanish.get(month.getValue() - 1), month);
        }
        return names;
    }
}
