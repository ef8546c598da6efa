package dev.callbus.sandbox.twilio.rest;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants sent, checked as Twilio checks it.
 *
 * <p>Source: twilio.com/docs/messaging/api/message-resource, twilio.com/docs/api/errors
 *
 * @param statusCallback where to report the message's way; null for nowhere
 */
record MessageForm(
        String to,
        String from,
        String body,
        List<String> mediaUrls,
        @Nullable URI statusCallback) {
    private static final String WHATSAPP = "whatsapp:";
    private static final int MAX_CHARACTERS = 1600;
    private static final int MAX_MEDIA = 10;
    private static final Pattern E_164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern SENDER =
            Pattern.compile("\\+[1-9]\\d{6,14}|\\d{5,6}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");

    /** Reads the form of a request; throws Twilio's refusal, always with HTTP 400. */
    static MessageForm of(Form form, Set<String> numbers) {
        var to = form.text("To");
        if (to == null) {
            throw refusal(21604, "A 'To' phone number is required.");
        }
        if (!isPhone(to.replaceFirst("^" + WHATSAPP, ""))) {
            throw refusal(21211, "The 'To' number " + to + " is not a valid phone number.");
        }
        var from = sender(form, numbers);
        if (from.startsWith(WHATSAPP) != to.startsWith(WHATSAPP)) {
            throw refusal(21910, "Invalid From and To pair. From and To should be of the same channel");
        }
        if (from.equals(to)) {
            throw refusal(21266, "'To' and 'From' number cannot be the same: " + to);
        }
        return new MessageForm(to, from, body(form), media(form), callback(form));
    }

    private static String sender(Form form, Set<String> numbers) {
        var from = form.text("From");
        if (from == null && form.text("MessagingServiceSid") != null) {
            throw refusal(21701, "The Messaging Service does not exist.");
        }
        if (from == null) {
            throw refusal(21603, "A 'From' phone number is required.");
        }
        var sender = from.replaceFirst("^" + WHATSAPP, "");
        if (!SENDER.matcher(sender).matches()) {
            throw refusal(
                    21212,
                    "The 'From' number " + from
                            + " is not a valid phone number, shortcode, or alphanumeric sender ID.");
        }
        if (!numbers.contains(sender)) {
            throw refusal(
                    21606,
                    "The 'From' phone number provided (" + from
                            + ") is not a valid message-capable Twilio phone number for this destination/account.");
        }
        return from;
    }

    private static String body(Form form) {
        var body = form.text("Body");
        if (body == null && form.all("MediaUrl").isEmpty()) {
            throw refusal(21602, "Message body is required.");
        }
        if (body != null && body.codePointCount(0, body.length()) > MAX_CHARACTERS) {
            throw refusal(21617, "The concatenated message body exceeds the 1600 character limit.");
        }
        return body == null ? "" : body;
    }

    private static List<String> media(Form form) {
        var media = form.all("MediaUrl");
        if (media.size() > MAX_MEDIA) {
            throw refusal(21623, "Number of media files exceeds allowed limit.");
        }
        media.stream().filter(url -> !isWeb(url)).findFirst().ifPresent(url -> {
            throw refusal(21620, "Invalid media URL(s): " + url);
        });
        return media;
    }

    private static @Nullable URI callback(Form form) {
        var url = form.text("StatusCallback");
        if (url == null) {
            return null;
        }
        if (!isWeb(url)) {
            throw refusal(21609, "The StatusCallback URL " + url + " is not a valid URL.");
        }
        return URI.create(url);
    }

    static boolean isPhone(String number) {
        try {
            var phones = PhoneNumberUtil.getInstance();
            return E_164.matcher(number).matches() && phones.isPossibleNumber(phones.parse(number, null));
        } catch (NumberParseException e) {
            return false;
        }
    }

    static boolean isWeb(String url) {
        try {
            var uri = URI.create(url);
            return uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static RestError refusal(int code, String message) {
        return new RestError(400, code, message);
    }
}
