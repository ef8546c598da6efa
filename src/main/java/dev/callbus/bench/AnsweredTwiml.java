package dev.callbus.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a voice webhook's TwiML says about the relay.
 *
 * @param relayUrl the {@code wss://} URL of the {@code <ConversationRelay>}
 * @param action the URL of the {@code <Connect>} that is asked when the relay has ended, absolute or relative
 * @param parameters the {@code <Parameter>} elements, which return in the {@code setup} frame
 */
record AnsweredTwiml(String relayUrl, @Nullable String action, Map<String, String> parameters) {
    private static final Pattern RELAY = Pattern.compile("<ConversationRelay\\b[^>]*?\\burl=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("<Connect\\b[^>]*?\\baction=\"([^\"]*)\"");
    private static final Pattern PARAMETER =
            Pattern.compile("<Parameter\\b(?=[^>]*?\\bname=\"([^\"]*)\")(?=[^>]*?\\bvalue=\"([^\"]*)\")");

    /** Reads {@code twiml}; throws {@link IllegalArgumentException} when it connects to no relay. */
    static AnsweredTwiml parse(String twiml) {
        var relay = RELAY.matcher(twiml);
        if (!relay.find()) throw new IllegalArgumentException("TwiML without a ConversationRelay");
        var action = ACTION.matcher(twiml);
        var parameters = new HashMap<String, String>();
        var parameter = PARAMETER.matcher(twiml);
        while (parameter.find()) parameters.put(unescaped(parameter.group(1)), unescaped(parameter.group(2)));
        return new AnsweredTwiml(
                unescaped(relay.group(1)), action.find() ? unescaped(action.group(1)) : null, Map.copyOf(parameters));
    }

    private static String unescaped(String text) {
        return text.replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
