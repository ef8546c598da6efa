package dev.callbus.servicenow;

import dev.callbus.bus.Sensitive;

/**
 * A telephone number of a customer.
 *
 * @param kind mobile, business or home
 * @param number E.164
 */
public record Contact(String kind, Sensitive number) {

    /** The last two digits, by which its owner knows it. */
    public String ending() {
        var digits = number.reveal();
        return digits.substring(Math.max(0, digits.length() - 2));
    }
}
