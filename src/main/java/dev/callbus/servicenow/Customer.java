package dev.callbus.servicenow;

import java.util.List;

/**
 * An active user of ServiceNow, as far as a call has to know one.
 *
 * @param sysId server state: never shown to a model, never taken from one
 * @param name in full
 * @param contacts numbers that a code may go to; mobile first
 * @param openTickets incidents that are not resolved, closed or canceled
 */
public record Customer(String sysId, String firstName, String name, List<Contact> contacts, int openTickets) {
    public Customer {
        contacts = List.copyOf(contacts);
    }

    @Override
    public String toString() {
        return "Customer[•]";
    }
}
