package dev.callbus.twilio;

import static dev.callbus.twilio.SdkAnswer.pathPiece;
import static dev.callbus.twilio.SdkAnswer.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.rest.intelligence.v2.Transcript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Recordings and transcripts through twilio-java. */
final class SdkRecords implements RecordsRest {
    private static final long PAGE = 1000;

    private final TwilioRestClient client;
    private final Function<String, Download> download;

    /** @param download what fetches the sound of a recording by its path */
    SdkRecords(TwilioRestClient client, Function<String, Download> download) {
        this.client = client;
        this.download = download;
    }

    @Override
    public Recorded recording(String recordingSid) {
        var fetcher = Recording.fetcher(pathPiece(recordingSid));
        return read(() -> {
            var recording = fetcher.fetch(client);
            return new Recorded(
                    recording.getCallSid(),
                    seconds(recording.getDuration()),
                    Objects.toString(recording.getStatus(), ""));
        });
    }

    @Override
    public Transcribed transcript(String transcriptSid) {
        var fetcher = Transcript.fetcher(pathPiece(transcriptSid));
        return read(() -> {
            var transcript = fetcher.fetch(client);
            JsonNode channel = RestAccess.JSON.valueToTree(transcript.getChannel());
            return new Transcribed(
                    channel.path("media_properties").path("source_sid").asText(""),
                    Objects.toString(transcript.getCustomerKey(), ""),
                    Objects.requireNonNullElse(transcript.getDuration(), 0),
                    Objects.toString(transcript.getLanguageCode(), ""),
                    participants(channel.path("participants")));
        });
    }

    /** Pages are asked for as long as there is a next one: twilio-java's own iteration ends at an empty page. */
    @Override
    public List<Sentence> sentences(String transcriptSid) {
        var reader = com.twilio.rest.intelligence.v2.transcript.Sentence.reader(pathPiece(transcriptSid))
                .setPageSize(PAGE);
        return read(() -> {
            var page = reader.firstPage(client);
            var all = new ArrayList<>(page.getRecords());
            while (page.hasNextPage()) {
                page = reader.nextPage(page, client);
                all.addAll(page.getRecords());
            }
            return all.stream()
                    .sorted(Comparator.comparing(each -> Objects.requireNonNullElse(each.getSentenceIndex(), 0)))
                    .map(SdkRecords::sentence)
                    .toList();
        });
    }

    @Override
    public Download sound(String recordingSid) {
        var path = "/2010-04-01/Accounts/" + pathPiece(client.getAccountSid()) + "/Recordings/"
                + pathPiece(recordingSid) + ".mp3";
        return download.apply(path);
    }

    private static Sentence sentence(com.twilio.rest.intelligence.v2.transcript.Sentence sentence) {
        return new Sentence(
                Objects.requireNonNullElse(sentence.getMediaChannel(), 0),
                Objects.toString(sentence.getTranscript(), ""));
    }

    private static List<Participant> participants(JsonNode participants) {
        Stream<JsonNode> all = StreamSupport.stream(participants.spliterator(), false);
        return all.map(each -> new Participant(
                        each.path("channel_participant").asInt(),
                        each.path("role").asText("")))
                .toList();
    }

    /** A duration as recordings have it: digits, or -1 while it isn't known. */
    private static int seconds(@Nullable String duration) {
        return duration != null && duration.matches("[0-9]{1,9}") ? Integer.parseInt(duration) : 0;
    }
}
