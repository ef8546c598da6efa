package dev.callbus.tool.helpdesk;

import dev.callbus.servicenow.Contact;
import dev.callbus.servicenow.Customer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The numbers that a code may go to: those on the customer's own record, of which a model sees only the ending. */
final class PhoneChoice {
    private PhoneChoice() {}

    /** The numbers as a model sees them, counted from 1. */
    static List<Map<String, Object>> offered(Customer customer) {
        var contacts = customer.contacts();
        return IntStream.range(0, contacts.size())
                .mapToObj(i -> {
                    var offer = new LinkedHashMap<String, Object>();
                    offer.put("choice", i + 1);
                    offer.put("kind", contacts.get(i).kind());
                    offer.put("ending", contacts.get(i).ending());
                    return (Map<String, Object>) offer;
                })
                .toList();
    }

    /**
     * The number that the model means: by its place in the list, by its last two digits, or the first one. Nothing that isn't
     * on the record is ever chosen, and more digits than two are not compared: that would tell whether a guess is right.
     */
    static Optional<Contact> chosen(Customer customer, @Nullable String wish) {
        var contacts = customer.contacts();
        var digits = wish == null ? "" : wish.replaceAll("\\D", "");
        if (digits.isEmpty()) {
            return contacts.stream().findFirst();
        }
        if (digits.length() == 1) {
            int place = Integer.parseInt(digits) - 1;
            return place >= 0 && place < contacts.size() ? Optional.of(contacts.get(place)) : Optional.empty();
        }
        var ending = digits.substring(digits.length() - 2);
        return contacts.stream()
                .filter(contact -> contact.ending().equals(ending))
                .findFirst();
    }
}
