package dev.callbus.twilio;

import static dev.callbus.twilio.SdkAnswer.pathPiece;
import static dev.callbus.twilio.SdkAnswer.read;
import static dev.callbus.twilio.SdkAnswer.text;
import static dev.callbus.twilio.SdkAnswer.write;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.verify.v2.service.Verification;
import com.twilio.rest.verify.v2.service.VerificationCheck;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Twilio Verify through twilio-java. */
final class SdkVerify implements VerifyRest {
    private final TwilioRestClient client;

    SdkVerify(TwilioRestClient client) {
        this.client = client;
    }

    @Override
    public TwilioProtocol.VerificationStarted start(TwilioProtocol.StartVerification verification) {
        var creator = Verification.creator(
                pathPiece(verification.serviceSid()), verification.to().reveal(), verification.channel());
        return write(() -> {
            var started = creator.create(client);
            return new TwilioProtocol.VerificationStarted(text(started.getSid()), text(started.getStatus()));
        });
    }

    @Override
    public Found pending(String serviceSid, String to) {
        var fetcher = Verification.fetcher(pathPiece(serviceSid), pathPiece(to));
        return read(() -> {
            var found = fetcher.fetch(client);
            return new Found(text(found.getSid()), text(found.getStatus()), sent(found));
        });
    }

    @Override
    public TwilioProtocol.VerificationChecked check(TwilioProtocol.CheckVerification check) {
        var creator = VerificationCheck.creator(pathPiece(check.serviceSid()))
                .setVerificationSid(check.verificationSid())
                .setCode(check.code().reveal());
        return write(() -> {
            var checked = creator.create(client);
            return new TwilioProtocol.VerificationChecked(
                    text(checked.getStatus()), Boolean.TRUE.equals(checked.getValid()));
        });
    }

    private static @Nullable Instant sent(Verification verification) {
        var attempts = verification.getSendCodeAttempts();
        if (attempts == null) {
            return null;
        }
        return attempts.stream()
                .filter(Map.class::isInstance)
                .map(attempt -> ((Map<?, ?>) attempt).get("time"))
                .filter(String.class::isInstance)
                .map(time -> Instant.parse((String) time))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
