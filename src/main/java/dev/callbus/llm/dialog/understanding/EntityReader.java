package dev.callbus.llm.dialog.understanding;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all entities of an utterance. */
final class EntityReader {
    private final Priorities priorities;
    private final String region;
    private final @Nullable Asked asked;
    private final @Nullable LocalDate today;

    /**
     * The entities of an utterance.
     *
     * @param marked the utterance with a mark of their kind in the place of addresses and numbers
     */
    record Read(Map<String, String> values, String marked) {
        /** Whether nothing but an address or a number was said. */
        boolean isAll() {
            String rest = marked.strip();
            return !values.isEmpty()
                    && (rest.equals(EMAIL_MARK) || rest.equals(TICKET_MARK) || rest.equals(NUMBER_MARK));
        }
    }

    static final String EMAIL_MARK = "xemailx";
    static final String TICKET_MARK = "xticketx";
    static final String NUMBER_MARK = "xnumberx";

    private record Mark(int start, int end, String text) {}

    EntityReader(Priorities priorities, String region, @Nullable Asked asked, @Nullable LocalDate today) {
        this.priorities = priorities;
        this.region = region;
        this.asked = asked;
        this.today = today;
    }

    Read read(String text) {
        var values = new HashMap<String, String>();
        var marks = new ArrayList<Mark>();
        take(Emails.find(text, asked == Asked.EMAIL), Entities.EMAIL, EMAIL_MARK, values, marks);
        String rest = blanked(text, marks);
        take(Phones.find(rest, region), Entities.PHONE, NUMBER_MARK, values, marks);
        rest = blanked(text, marks);
        take(EmployeeNumbers.find(rest, asked == Asked.EMPLOYEE_NUMBER), Entities.EMPLOYEE, NUMBER_MARK, values, marks);
        rest = blanked(text, marks);
        take(Tickets.find(rest, asked == Asked.TICKET_NUMBER), Entities.TICKET, TICKET_MARK, values, marks);
        digits(rest, values);
        rest = blanked(text, marks);
        priorities.find(rest, asked == Asked.PRIORITY).ifPresent(value -> values.put(Entities.PRIORITY, value));
        if (today != null) {
            Dates.find(rest, today).ifPresent(date -> values.put(Entities.DATE, date.toString()));
        }
        if (asked == Asked.CHOICE || asked == Asked.PRIORITY) {
            var number = Choices.number(text, 0);
            if (number.isPresent()) {
                values.put(Entities.CHOICE, Integer.toString(number.getAsInt()));
            }
        }
        return new Read(values, marked(text, marks));
    }

    private void digits(String text, Map<String, String> values) {
        if (asked != Asked.CODE && asked != Asked.PHONE_NUMBER && asked != Asked.TICKET_NUMBER) {
            return;
        }
        var run = DigitRun.longest(Word.of(text).stream().map(Word::text).toList());
        if (run != null) {
            values.put(Entities.DIGITS, run.digits());
        }
    }

    /** What keyed digits mean while this was asked for. */
    static Map<String, String> keyed(String digits, @Nullable Asked asked, String region) {
        Optional<Found> found = switch (asked) {
            case TICKET_NUMBER -> Tickets.find(digits, true);
            case PHONE_NUMBER -> Phones.find(digits, region);
            case EMPLOYEE_NUMBER -> EmployeeNumbers.find(digits, true);
            case null, default -> Optional.empty();
        };
        var name = asked == Asked.TICKET_NUMBER
                ? Entities.TICKET
                : asked == Asked.PHONE_NUMBER ? Entities.PHONE : Entities.EMPLOYEE;
        if (found.isPresent()) {
            return Map.of(name, found.get().value());
        }
        boolean menu =
                (asked == Asked.CHOICE || asked == Asked.PRIORITY) && digits.length() <= 2 && !digits.startsWith("0");
        return menu ? Map.of(Entities.CHOICE, digits) : Map.of();
    }

    private static void take(
            Optional<Found> found, String name, String mark, Map<String, String> values, List<Mark> marks) {
        found.ifPresent(entity -> {
            values.put(name, entity.value());
            marks.add(new Mark(entity.start(), entity.end(), mark));
        });
    }

    /** The text with blanks where something was found, so that nothing is read twice and all places stay. */
    private static String blanked(String text, List<Mark> marks) {
        var blanked = new StringBuilder(text);
        for (var mark : marks) {
            for (int i = mark.start; i < mark.end; i++) {
                blanked.setCharAt(i, ' ');
            }
        }
        return blanked.toString();
    }

    private static String marked(String text, List<Mark> marks) {
        var marked = new StringBuilder(text);
        marks.stream()
                .sorted(Comparator.comparingInt(Mark::start).reversed())
                .forEach(mark -> marked.replace(mark.start, mark.end, mark.text));
        return marked.toString();
    }
}
