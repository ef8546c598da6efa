package dev.callbus.channel.sms;

import com.twilio.twiml.MessagingResponse;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.messaging.Body;
import com.twilio.twiml.messaging.Message;
import dev.callbus.bus.BusException;
import dev.callbus.bus.StreamHandler;
import dev.callbus.bus.StreamInlet;
import dev.callbus.channel.chat.ChatBus;
import dev.callbus.channel.chat.ChatProtocol;
import dev.callbus.channel.webhook.Refusal;
import dev.callbus.channel.webhook.SignedForm;
import dev.callbus.channel.webhook.SignedWebhook;
import dev.callbus.twilio.SignatureCheck;
import dev.callbus.twilio.TwilioBus;
import dev.callbus.twilio.TwilioProtocol;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhook of the numbers' text messages, SMS and WhatsApp: answered with TwiML if the answer is there within Twilio's
 * patience, else with nothing, and the answer follows as a message of its own. A repeated request gets the first one's answer.
 *
 * <p>Source: twilio.com/docs/messaging/guides/webhook-request, twilio.com/docs/messaging/twiml
 */
public final class SmsWebhook implements StreamHandler<ChatProtocol> {
    public static final String PATH = "/sms";

    private static final Logger log = LoggerFactory.getLogger(SmsWebhook.class);

    /** Twilio waits 15 seconds for an answer. */
    private static final long PATIENCE_MILLIS = 12_000;

    /** Characters of one message. */
    private static final int LONGEST = 1600;

    private final Vertx vertx;
    private final SignatureCheck signatures;
    private final SmsAnswers answers;
    private final String apology;
    private final long patienceMillis;
    private final Map<Long, Pending> pending = new HashMap<>();
    private @Nullable StreamInlet<ChatProtocol.Question, ChatProtocol> inlet;
    private long questions;

    /** @param apology what is written back when there is no answer */
    public SmsWebhook(Vertx vertx, SignatureCheck signatures, SmsAnswers answers, String apology) {
        this(vertx, signatures, answers, apology, PATIENCE_MILLIS);
    }

    SmsWebhook(Vertx vertx, SignatureCheck signatures, SmsAnswers answers, String apology, long patienceMillis) {
        this.vertx = vertx;
        this.signatures = signatures;
        this.answers = answers;
        this.apology = apology;
        this.patienceMillis = patienceMillis;
    }

    /** Makes it ready to hear answers; to be called on the context that it is served on. */
    public Future<Void> start() {
        return ChatBus.SAY
                .inlet(vertx, "chat.sms." + UUID.randomUUID(), this)
                .onSuccess(opened -> inlet = opened)
                .mapEmpty();
    }

    public void mount(Router router) {
        router.route(HttpMethod.POST, PATH).handler(new SignedWebhook(signatures, this::answer));
    }

    @Override
    public void item(long id, ChatProtocol item) {
        var waiting = pending.get(id);
        if (waiting == null) {
            return;
        }
        switch (item) {
            case ChatProtocol.Words words -> waiting.text.append(words.text());
            case ChatProtocol.Answered answered -> {
                pending.remove(id);
                waiting.complete(answered.outcome() == ChatProtocol.Outcome.SUPERSEDED ? "" : waiting.text.toString());
            }
            case ChatProtocol.Question question -> {}
        }
    }

    @Override
    public void ended(long id, @Nullable BusException cause) {
        var waiting = pending.remove(id);
        if (waiting != null) {
            log.warn("message not answered [cause: {}]", cause == null ? "" : cause.failure());
            waiting.complete(apology);
        }
    }

    private Future<String> answer(SignedForm form) {
        var messageSid = form.parameter("MessageSid");
        if (!messageSid.matches("(SM|MM)[0-9a-fA-F]{32}")) {
            throw new Refusal(400, "MessageSid is missing or malformed");
        }
        if (form.parameter("From").isBlank() || form.parameter("To").isBlank()) {
            throw new Refusal(400, "From and To are required");
        }
        return answers.once(messageSid, () -> ask(form));
    }

    private Future<String> ask(SignedForm form) {
        var body = form.parameter("Body").strip();
        if (body.isEmpty() || inlet == null) {
            return Future.succeededFuture(twiml(""));
        }
        var waiting = new Pending(form.parameter("From"), form.parameter("To"));
        long id = ++questions;
        pending.put(id, waiting);
        inlet.open(id, new ChatProtocol.Text(waiting.from, waiting.to, body));
        long timer = vertx.setTimer(patienceMillis, late -> waiting.answerLater());
        return waiting.twiml.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static String twiml(String text) {
        var response = new MessagingResponse.Builder();
        for (var part : parts(text.strip())) {
            response.message(
                    new Message.Builder().body(new Body.Builder(part).build()).build());
        }
        try {
            return response.build().toXml();
        } catch (TwiMLException e) {
            throw new IllegalStateException("cannot write TwiML", e);
        }
    }

    /** The text in messages, broken between words. */
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        var rest = text;
        while (rest.length() > LONGEST) {
            int space = rest.lastIndexOf(' ', LONGEST);
            int cut = space > 0 ? space : LONGEST;
            parts.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    /** A message that is being answered. */
    private final class Pending {
        private final String from;
        private final String to;
        private final StringBuilder text = new StringBuilder();
        private final Promise<String> twiml = Promise.promise();

        Pending(String from, String to) {
            this.from = from;
            this.to = to;
        }

        /** Twilio gets an empty answer now. */
        void answerLater() {
            twiml.tryComplete(SmsWebhook.twiml(""));
        }

        void complete(String answer) {
            if (!twiml.tryComplete(SmsWebhook.twiml(answer))) {
                sendAll(parts(answer.strip()), 0);
            }
        }

        /** One after the other, so that they arrive in order. */
        private void sendAll(List<String> parts, int position) {
            if (position < parts.size()) {
                TwilioBus.MESSAGE
                        .send(vertx, new TwilioProtocol.SendMessage(from, to, parts.get(position)))
                        .onSuccess(sent -> sendAll(parts, position + 1))
                        .onFailure(cause -> log.warn("answer not sent [cause: {}]", cause.getMessage()));
            }
        }
    }
}
