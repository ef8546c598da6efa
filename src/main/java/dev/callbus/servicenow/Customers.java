package dev.callbus.servicenow;

import dev.callbus.bus.Sensitive;
import dev.callbus.servicenow.table.Condition;
import dev.callbus.servicenow.table.Deadline;
import dev.callbus.servicenow.table.EncodedQuery;
import dev.callbus.servicenow.table.Row;
import dev.callbus.servicenow.table.TableClient;
import dev.callbus.servicenow.table.TableQuery;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the users of an instance: active ones that are not locked out. */
final class Customers {
    private static final Pattern EMAIL = Pattern.compile("[^\\s^@,]{1,64}@[^\\s^@,]{1,190}");
    private static final Pattern EMPLOYEE_NUMBER = Pattern.compile("[A-Za-z0-9._/-]{1,40}");

    /** Mobile first: a code reaches its owner there at once. */
    private static final Map<String, String> PHONES = phones();

    private static final List<String> FIELDS =
            List.of("name", "first_name", "email", "employee_number", "mobile_phone", "phone", "home_phone", "active");
    private static final int CANDIDATES = 1000;
    private static final int MOST = 10;

    private final TableClient client;
    private final PhoneNumbers numbers;
    private final Incidents incidents;

    Customers(TableClient client, PhoneNumbers numbers, Incidents incidents) {
        this.client = client;
        this.numbers = numbers;
        this.incidents = incidents;
    }

    /** Whoever has this number, address or employee number; nobody, without asking, if the value is none that tells people apart. */
    Future<List<Customer>> find(ServiceNowProtocol.Key key, Sensitive value, Deadline deadline) {
        var text = value.reveal().strip();
        var users = switch (key) {
            case PHONE -> byPhone(text, deadline);
            case EMAIL -> EMAIL.matcher(text).matches() ? by("email", text, deadline) : nobody();
            case EMPLOYEE_NUMBER ->
                EMPLOYEE_NUMBER.matcher(text).matches() ? by("employee_number", text, deadline) : nobody();
        };
        return users.compose(rows -> customers(rows, deadline));
    }

    private Future<List<Row>> byPhone(String text, Deadline deadline) {
        var number = numbers.normalised(text);
        if (number.isEmpty()) {
            return nobody();
        }
        var endings = PHONES.keySet().stream()
                .flatMap(column ->
                        PhoneNumbers.endings(number.get()).stream().map(ending -> Condition.contains(column, ending)))
                .toList();
        Predicate<Row> hasIt = row -> PHONES.keySet().stream()
                .anyMatch(column -> numbers.normalised(row.value(column)).equals(number));
        return query(EncodedQuery.whereAny(endings), deadline)
                .map(rows -> rows.stream().filter(hasIt).toList());
    }

    private Future<List<Row>> by(String column, String value, Deadline deadline) {
        return Condition.isAllowed(value) ? query(EncodedQuery.where(Condition.is(column, value)), deadline) : nobody();
    }

    private static Future<List<Row>> nobody() {
        return Future.succeededFuture(List.of());
    }

    private Future<List<Row>> query(EncodedQuery who, Deadline deadline) {
        var filter = who.and(Condition.is("active", "true")).and(Condition.isNot("locked_out", "true"));
        return client.find(new TableQuery("sys_user", filter, FIELDS, CANDIDATES), deadline)
                .map(found -> found.all());
    }

    private Future<List<Customer>> customers(List<Row> rows, Deadline deadline) {
        if (rows.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        var few = rows.stream().limit(MOST).toList();
        return incidents
                .openOf(few.stream().map(Row::sysId).toList(), deadline)
                .map(open -> few.stream()
                        .map(row -> customer(row, open.getOrDefault(row.sysId(), 0L)))
                        .toList());
    }

    private Customer customer(Row row, long open) {
        var name = row.value("name");
        var first = row.value("first_name");
        var firstName = first.isEmpty() ? name.replaceFirst("\\s.*", "") : first;
        return new Customer(row.sysId(), firstName, name, contacts(row), (int) open);
    }

    private List<Contact> contacts(Row row) {
        var byNumber = PHONES.entrySet().stream()
                .map(phone -> numbers.read(row.value(phone.getKey()))
                        .filter(written -> !written.shared())
                        .map(written -> new Contact(phone.getValue(), new Sensitive(written.e164()))))
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(
                        Contact::number, Function.identity(), (first, second) -> first, LinkedHashMap::new));
        return List.copyOf(byNumber.values());
    }

    private static Map<String, String> phones() {
        var phones = new LinkedHashMap<String, String>();
        phones.put("mobile_phone", "mobile");
        phones.put("phone", "business");
        phones.put("home_phone", "home");
        return Collections.unmodifiableMap(phones);
    }
}
