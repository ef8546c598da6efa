package dev.callbus.sandbox.twilio.rest;

import dev.callbus.time.LoopTime;
import java.util.HexFormat;

/** Twilio's name for a resource: two letters for its kind and 32 hexadecimal digits. */
final class Sid {
    private Sid() {}

    /** A new one, of a kind such as {@code SM}. */
    static String create(String kind) {
        var bytes = new byte[16];
        LoopTime.random().nextBytes(bytes);
        return kind + HexFormat.of().formatHex(bytes);
    }

    /** Whether a text has the form of one, of any kind. */
    static boolean isOne(String text) {
        return text.matches("[A-Z]{2}[0-9a-f]{32}");
    }
}
