package dev.callbus.twilio;

import dev.callbus.twilio.RestFailure.Kind;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What twilio-java makes of an answer, with its failures in our terms. */
final class SdkAnswer {
    private SdkAnswer() {}

    /** The outcome of a request that changes nothing. */
    static <T> T read(Supplier<T> request) {
        return understood(request, Kind.NOTHING_DONE);
    }

    /** The outcome of a request that changes something. */
    static <T> T write(Supplier<T> request) {
        return understood(request, Kind.LOST);
    }

    /** What an answer must have. */
    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("the answer lacks a field");
        }
        return value;
    }

    static @Nullable Instant instant(@Nullable ZonedDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * This text if it can be a piece of a URL's path; twilio-java doesn't escape slashes.
     *
     * @throws IllegalArgumentException if it can't
     */
    static String pathPiece(String text) {
        if (text.isBlank() || text.equals(".") || text.equals("..") || text.matches("(?s).*[/?#{}\\\\\\p{Cntrl}].*")) {
            throw new IllegalArgumentException("is no name that Twilio's paths can hold");
        }
        return text;
    }

    /** The transport has turned every refusal into a {@link RestFailure}: what else goes wrong is an answer that can't be read. */
    private static <T> T understood(Supplier<T> request, Kind otherwise) {
        try {
            return request.get();
        } catch (RestFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RestFailure(otherwise, 0, 0, "Twilio's answer can't be read");
        }
    }
}
