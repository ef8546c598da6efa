package dev.callbus.channel.relay;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.ConversationRelay;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Enqueue;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Language;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Task;
import dev.callbus.asset.RelaySettings;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The TwiML that this channel answers.
 *
 * <p>Source: twilio.com/docs/voice/twiml/connect/conversationrelay
 */
final class RelayTwiml {
    /** Where the outcome of a session, a dial or a queue is reported. */
    static final String ACTION_PATH = "/connectAction";

    /** Where the WebSocket is, followed by the ticket's token. */
    static final String SOCKET_PATH = "/conversation-relay/";

    private static final String EVENTS = "speaker-events tokens-played";
    private static final int DIAL_SECONDS = 30;
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    /** Stands in a document for the token; no URL that was written otherwise holds braces. */
    private static final String TOKEN = "{token}";

    /** Documents of so many agents are kept. */
    private static final long AGENTS = 1000;

    private static final String NOTHING = xml(new VoiceResponse.Builder());
    private static final String HANG_UP = xml(new VoiceResponse.Builder().hangup(new Hangup.Builder().build()));

    /** The SDK takes a millisecond for a document, so each agent's is made once for all event loops. */
    private static final LoadingCache<Agent, String> CONNECTS =
            Caffeine.newBuilder().maximumSize(AGENTS).build(RelayTwiml::connect);

    private final String webUrl;

    RelayTwiml(URI publicUrl) {
        webUrl = publicUrl.toString().replaceFirst("/$", "");
    }

    /** Whose document it is, and at which server. */
    private record Agent(String webUrl, RelaySettings settings) {}

    /** Connects the caller to the gateway. */
    String connect(RelayTickets.Ticket ticket) {
        return CONNECTS.get(new Agent(webUrl, ticket.profile().relay()))
                .replace(SOCKET_PATH + TOKEN, SOCKET_PATH + ticket.token());
    }

    /**
     * The document of one agent. All attributes go by their documented names: the SDK writes some of them in lower
     * case, takes others as booleans that are none, and lacks the newest.
     */
    private static String connect(Agent agent) {
        var settings = agent.settings();
        var relay =
                new ConversationRelay.Builder().url(agent.webUrl().replaceFirst("^http", "ws") + SOCKET_PATH + TOKEN);
        settings.attributes().forEach((name, value) -> {
            if (!name.equals("url")) {
                relay.option(name, legal(value));
            }
        });
        if (!settings.attributes().containsKey("events")) {
            // Older configurations don't name it, and without it the end of speech can only be guessed.
            relay.option("events", EVENTS);
        }
        for (var attributes : settings.languages()) {
            var language = new Language.Builder();
            attributes.forEach((name, value) -> language.option(name, legal(value)));
            relay.language(language.build());
        }
        settings.parameters()
                .forEach((name, value) -> relay.parameter(new Parameter.Builder()
                        .name(legal(name))
                        .value(legal(value))
                        .build()));
        return xml(new VoiceResponse.Builder()
                .connect(new Connect.Builder()
                        .action(agent.webUrl() + ACTION_PATH)
                        .conversationRelay(relay.build())
                        .build()));
    }

    /** Leaves everything as it is. */
    String nothing() {
        return NOTHING;
    }

    String hangUp() {
        return HANG_UP;
    }

    /** Speaks the words and hangs up. */
    String sayAndHangUp(String words) {
        return xml(new VoiceResponse.Builder()
                .say(new Say.Builder(legal(words)).build())
                .hangup(new Hangup.Builder().build()));
    }

    /** Queues the caller for a person, who sees {@code task}; the outcome comes to the action. */
    String enqueue(String workflowSid, String task) {
        return xml(new VoiceResponse.Builder()
                .enqueue(new Enqueue.Builder()
                        .workflowSid(workflowSid)
                        .action(webUrl + ACTION_PATH)
                        .task(new Task.Builder(legal(task)).build())
                        .build()));
    }

    /**
     * Rings a person's telephone; the outcome comes to the action, so that only a caller who reached nobody hears so.
     *
     * @param callerId the number of ours that the person sees, if it is one
     */
    String dial(String number, String callerId) {
        var dial = new Dial.Builder().action(webUrl + ACTION_PATH).timeout(DIAL_SECONDS);
        if (callerId.matches("\\+[0-9]{7,15}")) {
            dial.callerId(callerId);
        }
        return xml(new VoiceResponse.Builder()
                .dial(dial.number(new Number.Builder(number).build()).build()));
    }

    private static String legal(String text) {
        return NOT_XML.matcher(text).replaceAll("");
    }

    private static String xml(VoiceResponse.Builder response) {
        try {
            return response.build().toXml();
        } catch (TwiMLException e) {
            throw new IllegalStateException("cannot write TwiML", e);
        }
    }
}
