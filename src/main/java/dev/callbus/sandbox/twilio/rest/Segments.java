package dev.callbus.sandbox.twilio.rest;

/**
 * The parts that a text is sent in: 160 characters of the GSM 7-bit alphabet in one, 153 in each of several; 70 and 67 UTF-16
 * units if any character is outside of that alphabet.
 *
 * <p>Source: twilio.com/docs/glossary/what-sms-character-limit, 3GPP TS 23.038
 */
final class Segments {
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";

    private Segments() {}

    /** How many a text takes; at least one. */
    static int count(String text) {
        var isGsm = text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENDED.indexOf(c) >= 0);
        if (!isGsm) {
            return parts(text.length(), 70, 67);
        }
        var escapes = text.chars().filter(c -> EXTENDED.indexOf(c) >= 0).count();
        return parts(text.length() + (int) escapes, 160, 153);
    }

    private static int parts(int length, int alone, int each) {
        return length <= alone ? 1 : Math.ceilDiv(length, each);
    }
}
