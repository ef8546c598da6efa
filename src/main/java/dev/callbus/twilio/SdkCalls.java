package dev.callbus.twilio;

import static dev.callbus.twilio.SdkAnswer.instant;
import static dev.callbus.twilio.SdkAnswer.pathPiece;
import static dev.callbus.twilio.SdkAnswer.read;
import static dev.callbus.twilio.SdkAnswer.text;
import static dev.callbus.twilio.SdkAnswer.write;

import com.twilio.http.HttpMethod;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/** Calls and messages through twilio-java. */
final class SdkCalls implements CallRest {
    private static final List<String> EVENTS = List.of("initiated", "ringing", "answered", "completed");
    private static final long PAGE = 100;

    private final TwilioRestClient client;

    SdkCalls(TwilioRestClient client) {
        this.client = client;
    }

    @Override
    public TwilioProtocol.Placed create(TwilioProtocol.PlaceCall call) {
        var creator = Call.creator(new PhoneNumber(call.to()), new PhoneNumber(call.from()), URI.create(call.url()))
                .setMethod(HttpMethod.POST)
                .setStatusCallback(URI.create(call.statusCallback()))
                .setStatusCallbackMethod(HttpMethod.POST)
                .setStatusCallbackEvent(EVENTS)
                .setTimeout(Math.toIntExact(call.ring().toSeconds()));
        if (call.detectMachine()) {
            creator.setMachineDetection("Enable")
                    .setAsyncAmd("true")
                    .setAsyncAmdStatusCallback(URI.create(call.statusCallback()))
                    .setAsyncAmdStatusCallbackMethod(HttpMethod.POST);
        }
        return write(() -> {
            var placed = creator.create(client);
            return new TwilioProtocol.Placed(text(placed.getSid()), status(placed));
        });
    }

    @Override
    public List<Found> placed(String to, String from) {
        return read(() ->
                Call.reader().setTo(to).setFrom(from).setPageSize(PAGE).firstPage(client).getRecords().stream()
                        .filter(call -> "outbound-api".equals(call.getDirection()))
                        .map(call -> new Found(text(call.getSid()), status(call), instant(call.getDateCreated())))
                        .toList());
    }

    @Override
    public String status(String callSid) {
        return read(() -> status(Call.fetcher(pathPiece(callSid)).fetch(client)));
    }

    @Override
    public void redirect(String callSid, String url) {
        var updater = Call.updater(pathPiece(callSid)).setUrl(URI.create(url)).setMethod(HttpMethod.POST);
        write(() -> updater.update(client));
    }

    @Override
    public void complete(String callSid) {
        var updater = Call.updater(pathPiece(callSid)).setStatus(Call.UpdateStatus.COMPLETED);
        write(() -> updater.update(client));
    }

    @Override
    public TwilioProtocol.Sent send(TwilioProtocol.SendMessage message) {
        var creator = Message.creator(new PhoneNumber(message.to()), new PhoneNumber(message.from()), message.body());
        return write(() -> {
            var sent = creator.create(client);
            return new TwilioProtocol.Sent(text(sent.getSid()), Objects.toString(sent.getStatus(), "queued"));
        });
    }

    private static String status(Call call) {
        return Objects.toString(call.getStatus(), "queued");
    }
}
