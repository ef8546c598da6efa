package dev.callbus.servicenow.table;

import java.util.regex.Pattern;

/** The form of a record's id. */
public final class SysId {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    private SysId() {}

    /** Whether the text has the form of a sys_id: 32 lower-case hexadecimal digits. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
