package dev.callbus.llm.dialog.understanding;

/** The names under which {@link Understood#entities()} holds what was found in an utterance. */
public enum Entities {
    ;

    /** An e-mail address, in lower case. */
    public static final String EMAIL = "email";
    /** An incident's number, such as {@code INC0010001}. */
    public static final String TICKET = "ticket";
    /** A telephone number in E.164. */
    public static final String PHONE = "phone";
    /** How urgent it is: {@code low}, {@code medium} or {@code high}. */
    public static final String PRIORITY = "priority";
    /** A day, as {@code 2026-03-31}. */
    public static final String DATE = "date";
    /** The number by which a company knows its employee. */
    public static final String EMPLOYEE = "employee";
    /** The number of a menu's option, counted from 1. */
    public static final String CHOICE = "choice";
    /** The digits that were keyed or, while a number was asked for, said. */
    public static final String DIGITS = "digits";
    /** The word {@code keyed}, if the caller entered a code that is kept hidden. */
    public static final String CODE = "code";
}
