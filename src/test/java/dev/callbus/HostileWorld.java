package dev.callbus;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import dev.callbus.sandbox.servicenow.Ledger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is in the sandbox's ServiceNow, and which words tell of whom. */
record HostileWorld(List<Person> people, List<Word> words) {
    private static final Set<String> CALLERS = Set.of(
            "alex.morgan",
            "dana.whitfield",
            "samir.haddad",
            "grace.kim",
            "olivia.bennett",
            "henry.adeyemi",
            "liam.walsh",
            "mia.chen");
    private static final Pattern NOT_WRITTEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    HostileWorld {
        people = List.copyOf(people);
        words = List.copyOf(words);
    }

    /**
     * Somebody with a record.
     *
     * @param phones in E.164, as codes may go to them, mobile first
     * @param calls whether he ever calls himself; of the others nothing may be seen or changed at all
     * @param staff whether he is of the service desk, whose names are on tickets
     */
    record Person(
            String sysId,
            String userName,
            String firstName,
            String lastName,
            String email,
            String employeeNumber,
            List<String> phones,
            boolean calls,
            boolean staff,
            List<String> tickets) {
        Person {
            phones = List.copyOf(phones);
            tickets = List.copyOf(tickets);
        }
    }

    /** What a word tells. */
    enum Kind {
        FIRST_NAME,
        LAST_NAME,
        DATUM
    }

    /**
     * A word that tells of somebody.
     *
     * @param text a whole word of a name, or something written without blanks and signs
     * @param owners the sys_ids of those of whom it may be said
     */
    record Word(Kind kind, String text, Set<String> owners, boolean staff) {
        Word {
            owners = Set.copyOf(owners);
        }
    }

    static HostileWorld of(Ledger ledger) {
        var people = Stream.of("true", "false")
                .flatMap(active -> ledger.records("sys_user", "active", active).stream())
                .filter(row -> !row.getOrDefault("employee_number", "").isEmpty())
                .map(row -> person(row, ledger))
                .toList();
        var data = people.stream()
                .flatMap(one -> data(one).map(text -> Map.entry(text, one.sysId())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        var words = Stream.of(
                        names(people, Kind.FIRST_NAME),
                        names(people, Kind.LAST_NAME),
                        data.entrySet().stream()
                                .map(each -> new Word(Kind.DATUM, each.getKey(), each.getValue(), false)))
                .flatMap(each -> each)
                .toList();
        return new HostileWorld(people, words);
    }

    /** Those whose number this is. */
    Set<String> owners(String number) {
        return people.stream()
                .filter(one -> one.phones().contains(number))
                .map(Person::sysId)
                .collect(Collectors.toSet());
    }

    Person person(String sysId) {
        return people.stream()
                .filter(one -> one.sysId().equals(sysId))
                .findFirst()
                .orElseThrow();
    }

    /** A text without blanks, signs and capitals. */
    static String squeezed(String text) {
        return NOT_WRITTEN.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    private static Stream<Word> names(List<Person> people, Kind kind) {
        return people.stream().map(one -> {
            var name = kind == Kind.FIRST_NAME ? one.firstName() : one.lastName();
            var same = people.stream()
                    .filter(other -> name.equals(kind == Kind.FIRST_NAME ? other.firstName() : other.lastName()))
                    .map(Person::sysId)
                    .collect(Collectors.toSet());
            return new Word(kind, name.toLowerCase(Locale.ROOT), same, one.staff());
        });
    }

    private static Stream<String> data(Person one) {
        return Stream.concat(
                        Stream.of(one.sysId(), one.employeeNumber(), one.email(), one.firstName() + one.lastName())
                                .filter(text -> !one.staff() || !text.equals(one.firstName() + one.lastName())),
                        one.phones().stream().map(number -> number.substring(Math.max(1, number.length() - 10))))
                .map(HostileWorld::squeezed);
    }

    private static Person person(Map<String, String> row, Ledger ledger) {
        var phones = Stream.of("mobile_phone", "phone", "home_phone")
                .flatMap(column -> e164(row.getOrDefault(column, "")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Person(
                text(row, "sys_id"),
                text(row, "user_name"),
                text(row, "first_name"),
                text(row, "last_name"),
                text(row, "email"),
                text(row, "employee_number"),
                List.copyOf(phones),
                CALLERS.contains(text(row, "user_name")),
                text(row, "department").equals("IT"),
                ledger.records("incident", "caller_id", text(row, "sys_id")).stream()
                        .map(ticket -> text(ticket, "number"))
                        .toList());
    }

    private static String text(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    /** The number in E.164; none if it has an extension, as others may answer it. */
    private static Stream<String> e164(String written) {
        var plans = PhoneNumberUtil.getInstance();
        var found = plans.findNumbers(written.strip().replaceFirst("^00(?=[1-9])", "+"), "US", Leniency.POSSIBLE, 3)
                .iterator();
        if (!found.hasNext()) {
            return Stream.of();
        }
        var number = found.next().number();
        return number.hasExtension() ? Stream.of() : Stream.of(plans.format(number, PhoneNumberFormat.E164));
    }
}
