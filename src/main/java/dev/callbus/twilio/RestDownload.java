package dev.callbus.twilio;

import com.twilio.http.Request;
import dev.callbus.time.LoopTime;
import dev.callbus.twilio.RestFailure.Kind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The fetching of one sound file within a deadline: streamed to a temporary file that only its owner may read and that is
 * deleted if anything fails. Redirects are not followed, with or without credentials.
 */
final class RestDownload {
    /** As much as is taken; an hour of Twilio's MP3 (32 kbit/s) is 15 MB. */
    static final long LARGEST = 100L << 20;

    private static final int TRIES = 4;

    private final RestHttp http;
    private final RestRequests requests;
    private final RestTiming timing;
    private final Deadline deadline;

    RestDownload(RestHttp http, RestRequests requests, RestTiming timing, Deadline deadline) {
        this.http = http;
        this.requests = requests;
        this.timing = timing;
        this.deadline = deadline;
    }

    /** Fetches it; a sound that isn't there yet, shortly after its recording ended, is asked for again. */
    Download fetch(Request request) {
        Path file = create();
        boolean kept = false;
        try {
            var download = fetch(request, file);
            kept = download instanceof Download.Fetched;
            return download;
        } finally {
            if (!kept) {
                delete(file);
            }
        }
    }

    private Download fetch(Request request, Path file) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(request, file);
            } catch (RestFailure e) {
                boolean passing = e.status() == 404 || e.status() == 429 || e.kind() == Kind.NOTHING_DONE;
                if (!passing || attempt == TRIES || !timing.pause(attempt, deadline)) {
                    throw e;
                }
            }
        }
    }

    private Download attempt(Request request, Path file) {
        try (var target = new LimitedFile(file, LARGEST)) {
            var answer = exchange(request, target);
            int status = answer.statusCode();
            if (status >= 300 && status < 400) {
                return new Download.Refused(TwilioProtocol.Reason.STORED_ELSEWHERE);
            }
            if (status >= 400 && status < 500) {
                throw new RestFailure(Kind.REFUSED, status, 0, "status " + status);
            }
            if (status != 200 || target.bytes() == 0) {
                throw nothing("Twilio sent no sound");
            }
            return new Download.Fetched(file, target.bytes());
        } catch (LimitedFile.TooLarge e) {
            return new Download.Refused(TwilioProtocol.Reason.TOO_LARGE);
        } catch (IOException e) {
            throw nothing("the sound can't be kept");
        }
    }

    private RestHttp.Answer exchange(Request request, LimitedFile target) throws IOException {
        var exchange = http.fetch(requests.of(request, "audio/mpeg"), target);
        try {
            return LoopTime.get(exchange, deadline.left());
        } catch (ExecutionException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof LimitedFile.TooLarge tooLarge) {
                    throw tooLarge;
                }
            }
            throw nothing("Twilio's answer was lost");
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw nothing("Twilio did not answer in time");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw nothing("this node is stopping");
        }
    }

    private static RestFailure nothing(String message) {
        return new RestFailure(Kind.NOTHING_DONE, 0, 0, message);
    }

    private static Path create() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            return Files.createTempFile("callbus-recording-", ".mp3", onlyOwner);
        } catch (IOException e) {
            throw nothing("there is no place for the sound");
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw nothing("the sound can't be deleted");
        }
    }
}
